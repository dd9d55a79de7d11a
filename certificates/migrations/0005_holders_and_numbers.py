"""Say of each certificate whose it is and where it was earned, and list the numbers."""

import re

from django.db import migrations

NUMBER = re.compile(r"(.+)-(\d{4})-(\d+)")


def fill(apps, schema_editor):
    Certificate = apps.get_model("certificates", "Certificate")
    GivenNumber = apps.get_model("certificates", "GivenNumber")
    Serial = apps.get_model("certificates", "Serial")
    for row in Certificate.objects.select_related("enrolment").defer("content"):
        row.person_id = row.enrolment.person_id
        row.cohort_id = row.enrolment.cohort_id
        prefix, year, count = NUMBER.fullmatch(row.number).groups()
        serial, _is_new = Serial.objects.get_or_create(
            prefix=prefix, year=int(year), defaults={"last": int(count)}
        )
        given = GivenNumber.objects.create(
            serial=serial,
            count=int(count),
            text=row.number,
            kind=row.kind,
            cohort_id=row.cohort_id,
            person_id=row.person_id,
            enrolment_id=row.enrolment_id,
            given_at=row.issued_at,
            certificate=row,
        )
        row.status_index = given.pk
        row.save(update_fields=["person", "cohort", "status_index"])


class Migration(migrations.Migration):
    dependencies = [("certificates", "0004_records_in_full")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
