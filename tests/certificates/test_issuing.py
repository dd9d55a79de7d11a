"""Issuing: once, to whom it is due, whole, and never changed afterwards."""

import hashlib
from datetime import date

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from certificates.actions import issuing, templates
from certificates.models import Certificate, CertificateTemplate, GivenNumber, Serial
from lms.actions.enrolment import withdraw
from lms.models import Enrolment, Message
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_user,
)

from .builders import make_completed, make_image, make_signatory, publish_with
from .held import make_issued, papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(db):
    """Of its own test: others begin with nothing issued."""
    return make_issued()


def stored(certificate) -> bytes:
    with certificate.pdf.open("rb") as file:
        return file.read()


def test_a_completed_place_gets_one_certificate_however_often_it_is_asked_for():
    """CE-01"""
    enrolment, by = make_completed(), make_user()

    first, second = issuing.issue(enrolment, by=by), issuing.issue(enrolment, by=by)

    assert first == second
    assert Certificate.objects.count() == 1
    assert first.issued_by == by


def test_the_database_refuses_a_second_valid_certificate(issued):
    """CE-01"""
    twin = Certificate.objects.get(pk=issued.certificate.pk)
    twin.pk, twin.number, twin.code = None, "UST-2026-000999", "X" * 18

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_file_is_stored_once_and_its_hash_kept(issued):
    """CE-02"""
    again = issuing.issue(issued.enrolment, by=issued.by)

    assert stored(again).startswith(b"%PDF")
    assert hashlib.sha256(stored(again)).hexdigest() == issued.certificate.sha256
    assert papers() == [again.pdf.name.rpartition("/")[2]]


def test_what_changes_later_changes_no_issued_certificate(issued):
    """CE-03"""
    before, file = dict(issued.certificate.content), stored(issued.certificate)
    cohort = issued.enrolment.cohort
    make_signatory()

    issued.person.legal_name = "Somebody Else"
    issued.person.save()
    cohort.place, cohort.title = "Kulob", "Renamed"
    cohort.save()

    row = Certificate.objects.get(pk=issued.certificate.pk)
    assert row.content == before
    assert before["holder"] == "Раҳимова Зебунисо"
    assert stored(row) == file


def test_the_content_holds_everything_in_every_enabled_language(at):
    """CE-03, CE-04, CE-06, CE-40"""
    at("2026-10-20T09:00+05:00")
    course = make_course(title="First contact", minutes=1200)
    russian = make_course("ru", title="Первый контакт")
    type(russian).objects.filter(pk=russian.pk).update(
        translation_key=course.translation_key
    )
    cohort = make_cohort(
        make_edition(course),
        code="kh-1",
        locale="tg",
        starts_on=date(2026, 10, 12),
        ends_on=date(2026, 10, 14),
    )
    make_signatory(name="M. Saidova", titles={"en": "Head", "ru": "Руководитель"})

    content = issuing.issue(make_completed(cohort=cohort), by=make_user()).content

    assert content["course"] == {"en": "First contact", "ru": "Первый контакт"}
    assert set(content["texts"]) == {"en", "ru", "tg", "uz", "ky", "kk", "fa"}
    assert content["texts"]["tg"]["awarded"]
    assert content["level"]["en"] == "Foundation"
    assert (content["language"], content["minutes"]) == ("tg", 1200)
    assert (content["cohort"], content["edition"]) == ("kh-1", 1)
    assert (content["starts_on"], content["ends_on"]) == ("2026-10-12", "2026-10-14")
    assert (content["awarded_on"], content["issued_on"]) == ("2026-10-14", "2026-10-20")
    assert content["signatories"] == [
        {
            "name": "M. Saidova",
            "titles": {"en": "Head", "ru": "Руководитель"},
            "image": "",
        }
    ]


def test_the_rule_is_read_once_under_each_of_the_two_locks():
    first, second, by = make_completed(), make_completed(), make_user()
    issuing.issue(first, by=by)

    with CaptureQueriesContext(connection) as found:
        issuing.issue(second, by=by)

    asked = [one["sql"] for one in found if "SAVEPOINT" not in one["sql"]]
    assert sum('FROM "certificates_awardrule"' in one for one in asked) == 2
    assert len(asked) <= 36


def test_the_day_of_issue_is_set_once(issued, at):
    """CE-05"""
    issued_at = issued.certificate.issued_at
    at("2027-03-01T09:00+05:00")

    row = Certificate.objects.get(pk=issued.certificate.pk)
    row.save()
    issuing.issue(issued.enrolment, by=issued.by)

    assert Certificate.objects.get(pk=row.pk).issued_at == issued_at


def test_numbers_count_up_within_a_year_and_begin_anew_in_the_next(at):
    """CE-07"""
    by = make_user()
    at("2026-12-31T23:30+05:00")
    numbers = [issuing.issue(make_completed(), by=by).number for _ in range(2)]
    at("2027-01-01T00:30+05:00")
    numbers.append(issuing.issue(make_completed(), by=by).number)

    assert numbers == ["UST-2026-000001", "UST-2026-000002", "UST-2027-000001"]


def test_a_pdf_that_fails_leaves_no_file_and_no_certificate():
    """CE-07"""
    publish_with(logos=["certificates/images/gone.png"])

    with pytest.raises(issuing.PictureMissing):
        issuing.issue(make_completed(), by=make_user())

    assert not Certificate.objects.exists()
    assert "cannot be read" in GivenNumber.objects.unused().get().problem
    assert storages["private"].listdir("") == ([], [])


def test_a_signature_that_cannot_be_read_is_said_and_nothing_issued():
    signatory = make_signatory(image=make_image())
    signatory.image.file.storage.delete(signatory.image.file.name)

    with pytest.raises(issuing.PictureMissing):
        issuing.issue(make_completed(), by=make_user())


def test_somebody_who_is_not_ready_is_refused_and_told_why():
    """CE-24"""
    course = make_course()
    lesson = make_lesson(make_module(course), title="Where to talk")
    cohort = make_cohort(make_edition(course, lesson))
    enrolment = make_enrolment(cohort=cohort)

    with pytest.raises(issuing.NotReady, match=r"Where to talk: Not opened yet\."):
        issuing.issue(enrolment, by=make_user())

    assert not Certificate.objects.exists()
    assert not Serial.objects.exists()


def test_readiness_is_worked_out_at_the_moment_of_issue():
    """CE-24: nothing but the requirements decides, whatever the caller's row says."""
    course = make_course()
    cohort = make_cohort(make_edition(course, make_lesson(make_module(course))))
    enrolment = make_enrolment(cohort=cohort)
    stale = make_completed(make_participant(), cohort)
    Enrolment.objects.filter(pk=stale.pk).update(status="active", completed_at=None)

    for place in (enrolment, stale):
        with pytest.raises(issuing.NotReady):
            issuing.issue(place, by=make_user())


def test_who_left_or_was_merged_away_is_refused():
    """CE-22"""
    by = make_user()
    gone = make_enrolment()
    withdraw(gone, by=by, reason="Moved away")
    merged = make_completed()
    merged.person.merged_into = make_participant()
    merged.person.save()

    with pytest.raises(issuing.NotReady, match="not active"):
        issuing.issue(gone, by=by)
    with pytest.raises(issuing.NotReady, match="no longer a person"):
        issuing.issue(merged, by=by)


def test_a_name_with_a_letter_no_font_has_is_refused_naming_the_letter():
    """CE-28"""
    enrolment = make_completed(make_participant(legal_name="Kim 김"))

    with pytest.raises(issuing.LetterMissing, match="“김” \\(HANGUL SYLLABLE GIM\\)"):
        issuing.issue(enrolment, by=make_user())


def test_a_letter_missing_in_any_other_text_is_refused_too():
    """CE-28"""
    enrolment = make_completed(cohort=make_cohort(place="東京"))

    with pytest.raises(issuing.LetterMissing, match="東"):
        issuing.issue(enrolment, by=make_user())


def test_nothing_is_issued_without_a_published_template():
    """CE-26"""
    enrolment, by = make_completed(), make_user()
    template = CertificateTemplate.objects.get(kind="completion")
    design = template.newest.content
    template.versions.all()._raw_delete("default")
    template.versions.create(number=1, content=design)

    with pytest.raises(issuing.NoTemplate):
        issuing.issue(enrolment, by=by)
    templates.publish(template, by=by)

    assert issuing.issue(enrolment, by=by).template_version.template == template


def test_a_course_uses_its_own_template_before_the_general_one():
    enrolment, by = make_completed(), make_user()
    general = CertificateTemplate.objects.get(kind="completion")
    key = enrolment.cohort.edition.course_key
    design = general.newest.content
    own = templates.save_draft(None, title="Own", course_key=key, content=design, by=by)
    templates.publish(own, by=by)

    assert issuing.issue(enrolment, by=by).template_version.template == own


def test_the_address_on_the_paper_is_one_of_the_organisations_own(settings):
    """CE-42"""
    settings.USTOD_VERIFY_BASE_URL = "https://certificates.example.org/"

    certificate = issuing.issue(make_completed(), by=make_user())

    assert (
        certificate.content["verify_url"]
        == f"https://certificates.example.org/verify/{certificate.code}"
    )


def test_who_signs_is_decided_by_the_day_of_issue(at):
    """CE-31"""
    at("2026-10-20T09:00+05:00")
    make_signatory(name="Left", until=date(2026, 10, 19))
    make_signatory(name="Coming", since=date(2026, 10, 21))
    make_signatory(name="In office", until=date(2026, 10, 20))

    content = issuing.issue(make_completed(), by=make_user()).content

    assert [one["name"] for one in content["signatories"]] == ["In office"]


def test_a_signature_replaced_in_the_library_stays_on_what_was_issued():
    """CE-31"""
    signatory, by = make_signatory(image=make_image("white")), make_user()
    first = issuing.issue(make_completed(), by=by)
    signatory.image.file = make_image("black").file
    signatory.image.save()

    second = issuing.issue(make_completed(), by=by)

    names = [c.content["signatories"][0]["image"] for c in (first, second)]
    assert names[0] != names[1]
    assert all(storages["private"].exists(name) for name in names)


def test_months_of_validity_are_counted_from_the_award(at):
    """CE-15, CE-16: whether it expired is worked out from the day, never stored."""
    publish_with(valid_months=24)
    enrolment = make_completed(completed_on=date(2024, 2, 29))

    certificate = issuing.issue(enrolment, by=make_user())

    assert certificate.valid_until == date(2026, 2, 28)
    assert not certificate.has_expired(date(2026, 2, 28))
    assert certificate.has_expired(date(2026, 3, 1))


def test_a_cohort_is_issued_person_by_person_and_again_changes_nothing():
    """CE-25"""
    cohort, by = make_cohort(), make_user()
    good = make_completed(cohort=cohort)
    bad = make_completed(make_participant(legal_name="김"), cohort)

    first = issuing.issue_all([bad, good], by=by)
    second = issuing.issue_all([bad, good], by=by)

    assert [(one.is_new, bool(one.refusal)) for one in first] == [
        (False, True),
        (True, False),
    ]
    assert [(one.is_new, bool(one.refusal)) for one in second] == [
        (False, True),
        (False, False),
    ]


def test_the_holder_is_written_to_once_in_their_own_language(
    django_capture_on_commit_callbacks,
):
    """CE-36, CE-37: a Tajik certificate, a letter in English, neutral outside."""
    enrolment = make_completed(cohort=make_cohort(locale="tg"))

    with django_capture_on_commit_callbacks(execute=True):
        certificate = issuing.issue(enrolment, by=make_user())
        issuing.issue(enrolment, by=make_user())

    (letter,) = mail.outbox
    assert letter.to == [enrolment.person.email]
    assert letter.subject == "Ustod: a document is ready for you"
    assert certificate.number in letter.body
    assert "/en/my/certificates/" in letter.body
    assert Message.objects.get().key == f"certificate:{certificate.pk}:holder"


def test_a_holder_without_an_address_is_not_written_to():
    certificate = issuing.issue(
        make_completed(make_participant(email="")), by=make_user()
    )

    assert certificate.pk
    assert not Message.objects.exists()
