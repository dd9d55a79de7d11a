"""The statuses every register has from the start."""

from decimal import Decimal

from django.db import migrations

# code, credit, counts, given until so many minutes after the start
STATUSES = [
    ("present", Decimal(1), True, 10),
    ("late", Decimal("0.5"), True, 45),
    ("left_early", Decimal("0.5"), True, None),
    ("excused", Decimal(0), False, None),
    ("absent", Decimal(0), True, None),
]


def add(apps, schema_editor):
    MarkStatus = apps.get_model("lms", "MarkStatus")
    for code, credit, counts, until in STATUSES:
        MarkStatus.objects.get_or_create(
            set="default",
            code=code,
            version=1,
            defaults={"credit": credit, "counts": counts, "until_minutes": until},
        )


def remove(apps, schema_editor):
    apps.get_model("lms", "MarkStatus").objects.filter(
        set="default", version=1, marks=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("lms", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
