"""CE-35: the certificates of a cohort or of a run as one file, made by a job."""

import hashlib
import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from pypdf import PdfReader
from wagtail.models import ModelLogEntry

from certificates.actions import bundles, runs
from certificates.actions.ending import revoke
from certificates.actions.issuing import issue
from certificates.actions.run_work import turn
from certificates.models import Certificate
from courses import clock
from lms.actions.exports import expire, make
from lms.models import Export
from tests.cast import make_cast
from tests.factories import make_participant

from .builders import make_completed

pytestmark = pytest.mark.django_db

NAMES = ["Азизов Карим", "Бобоева Мавзуна"]


@pytest.fixture(scope="module")
def cast_once(once) -> SimpleNamespace:
    """Two certificates in the cohort, the later name first, and one in another."""
    cast = make_cast()
    cast.certificates = [
        issue(
            make_completed(make_participant(legal_name=name), cast.cohort),
            by=cast.coordinator,
        )
        for name in reversed(NAMES)
    ][::-1]
    cast.other = issue(make_completed(cohort=cast.other_cohort), by=cast.coordinator)
    yield cast
    for row in [*cast.certificates, cast.other]:
        row.pdf.storage.delete(row.pdf.name)


def ask(cast, format="zip", **fields) -> Export:
    asked = {"cohort": cast.cohort, "purpose": "The ceremony", "by": cast.coordinator}
    export = bundles.ask_bundle(format=format, **asked | fields)
    make.call(export.pk)
    export.refresh_from_db()
    return export


def opened(export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(export.file.read()))


def test_the_zip_holds_each_paper_as_it_was_issued_under_a_readable_name(cast):
    """CE-02, CE-35"""
    export = ask(cast)

    archive = opened(export)
    assert export.name == f"certificates {cast.cohort.code}.zip"
    assert archive.namelist() == [
        f"{name} {row.number}.pdf"
        for name, row in zip(NAMES, cast.certificates, strict=True)
    ]
    assert archive.testzip() is None
    assert [
        hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()
    ] == [row.sha256 for row in cast.certificates]


def test_the_zip_may_go_without_names(cast):
    """CE-35"""
    archive = opened(ask(cast, without_names=True))

    assert archive.namelist() == [f"{row.number}.pdf" for row in cast.certificates]


def test_the_pdf_to_print_has_all_papers_by_name_and_says_that_it_has_no_seal(cast):
    """CE-35"""
    export = ask(cast, "print")

    whole = PdfReader(io.BytesIO(export.file.read()))
    assert whole.metadata.title == "Certificates to print; this file has no seal"
    assert [
        [name for name in NAMES if name in page.extract_text()] for page in whole.pages
    ] == [[NAMES[0]], [NAMES[1]]]
    assert "/AcroForm" not in whole.trailer["/Root"]


def test_a_cohort_gives_the_files_of_the_kind_asked_for(cast):
    Certificate.objects.filter(pk=cast.certificates[0].pk).update(kind="attendance")

    names = opened(ask(cast, kind="attendance")).namelist()

    assert len(names) == 1
    assert cast.certificates[0].number in names[0]


def test_what_is_no_longer_valid_is_left_out(cast):
    revoke(cast.certificates[0], by=cast.coordinator, reason="A mistake")

    archive = opened(ask(cast))

    assert archive.namelist() == [f"{NAMES[1]} {cast.certificates[1].number}.pdf"]


def test_a_run_gives_the_files_of_its_own_people(cast):
    place = make_completed(make_participant(legal_name="Ятимов Сино"), cast.cohort)
    run = runs.start_run([place], cohort=cast.cohort, by=cast.coordinator)
    turn(run.pk)

    archive = opened(ask(cast, cohort=None, run=run))

    number = place.certificates.get().number
    assert archive.namelist() == [f"Ятимов Сино {number}.pdf"]


def test_where_there_is_none_no_file_is_asked_for(cast):
    with pytest.raises(bundles.NothingToTake):
        ask(cast, cohort=cast.other_cohort)

    assert not Export.objects.exists()


def test_who_lost_the_role_meanwhile_gets_an_empty_file(cast):
    """PR-11: the job asks again."""
    export = bundles.ask_bundle(
        cohort=cast.cohort, format="zip", purpose="x", by=cast.coordinator
    )
    cast.coordinator.cohort_roles.all().delete()

    make.call(export.pk)

    export.refresh_from_db()
    assert opened(export).namelist() == []


def test_the_link_expires_and_the_file_goes(cast, at):
    """CE-35, RP-08"""
    export = ask(cast)

    at(clock.now() + timedelta(days=8))
    expire()

    export.refresh_from_db()
    assert (export.state, bool(export.file)) == ("expired", False)
    assert ModelLogEntry.objects.filter(action="lms.export").count() == 1


def test_a_coordinator_asks_on_the_page_and_is_led_to_the_file(client, cast):
    client.force_login(cast.coordinator)
    page = reverse("certificates:cohort_files", args=[cast.cohort.pk])

    nothing = client.post(page, {"format": "zip", "purpose": " "}).content.decode()
    asked = client.post(page, {"format": "print", "purpose": "The ceremony"})

    export = Export.objects.get()
    assert "This field is required." in nothing
    assert asked["Location"] == reverse("lms_reports:export", args=[export.pk])
    assert (export.kind, export.purpose) == ("certificates_print", "The ceremony")
