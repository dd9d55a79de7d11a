"""Forgetting a person: nothing of them is left, and no total moves."""

from copy import deepcopy

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.storage import storages
from wagtail.models import ModelLogEntry

from certificates.actions import ending
from certificates.corrections import NoCorrection
from certificates.models import Certificate
from lms.actions import erasure, people
from lms.actions.refusal import ReasonMissing
from lms.models import (
    Attempt,
    Enrolment,
    Erasure,
    Mark,
    Message,
    Person,
    Response,
    Staff,
)
from lms.personal.walk import every_model
from lms.reports import people_trained
from lms.reports.period import Period
from lms.reports.question import Question
from tests.factories import (
    make_enrolment,
    make_participant,
    make_user,
)
from tests.traces import traces

from .manzura import EMAIL, LATIN, NAME, PHONE, make_manzura

pytestmark = pytest.mark.django_db

WORDS = (NAME, LATIN, EMAIL, PHONE, "Манзура", "Manzura", "manzura")


def erase(person, **options):
    by = options.pop("by", None) or make_user()
    return erasure.anonymise(person, by=by, **{"reason": "She asked for it."} | options)


@pytest.fixture(scope="module")
def manzura_once(once):
    return make_manzura()


@pytest.fixture
def manzura(manzura_once, same_shelf, db):
    return deepcopy(manzura_once)


def test_nothing_of_the_person_is_left_anywhere(
    manzura, client, django_capture_on_commit_callbacks
):
    """PR-03: names, addresses, letters, remarks, logs, files, sessions, the account."""
    client.force_login(manzura.user)
    pdf = Certificate.objects.get().pdf.name
    assert len(traces(*WORDS)) > 15

    with django_capture_on_commit_callbacks(execute=True):
        erase(manzura)

    assert traces(*WORDS) == []
    assert not storages["private"].exists(pdf)
    assert not BrowserSession.objects.exists()


def test_the_account_is_closed_and_belongs_to_nobody(manzura):
    user = manzura.user

    erase(manzura)

    user.refresh_from_db()
    manzura.refresh_from_db()
    assert manzura.user is None
    assert (user.is_active, user.has_usable_password()) == (False, False)
    assert user.username == f"closed-{user.pk}"
    assert not user.groups.exists()


def test_totals_of_past_reports_do_not_move(manzura):
    """PR-04, RP-06: who was trained stays counted, by sex, audience and region."""
    before = _totals()

    erase(manzura)

    assert _totals() == before
    assert before[0].people == 1


def _totals():
    question = Question(Period.year(2026), cohorts=None)
    return [
        people_trained.total(question),
        people_trained.by(question, "sex"),
        people_trained.by(question, "audience"),
        people_trained.by(question, "region"),
    ]


def test_marks_attempts_and_scores_stay_without_a_name(manzura):
    """ATT-54"""
    erase(manzura)

    mark, attempt, response = (
        Mark.objects.get(),
        Attempt.objects.get(),
        Response.objects.get(),
    )
    assert (mark.status.code, mark.remark) == ("present", "")
    assert (attempt.score, attempt.out_of) == (1, 2)
    assert response.answer == {"text": ""}
    assert str(mark.enrolment.person) == f"№ {manzura.pk}"


def test_the_dry_run_says_what_goes_what_stays_and_why(manzura):
    """PR-02"""
    before = _database()

    lines = {line.title: line for line in erasure.plan(manzura).lines}

    assert _database() == before
    assert lines["attempt"].effect == "Stay"
    assert lines["attempt"].reason == "Totals of reports must not change."
    assert lines["email address"].effect == "Are deleted"
    assert lines["messages"].effect == "Stay, without what names the person"
    assert lines["people"].rows == 2
    assert all(line.reason for line in lines.values() if line.effect[:4] == "Stay")


def _database():
    return {m._meta.label: list(m._base_manager.values()) for m in every_model()}


def test_a_second_call_changes_nothing(manzura):
    """PR-02"""
    by = make_user()
    first = erase(manzura, by=by)
    after = _database()

    second = erase(manzura, by=by, certificates="withdraw", reason="Again")

    assert second == first
    assert _database() == after


def test_somebody_else_of_a_similar_name_is_left_alone(manzura):
    other = make_participant(legal_name="Шарипова Матлуба", email="matluba@example.org")
    people.change_person(other, by=make_user(), phone="+992900000001")
    before = Person.objects.filter(pk=other.pk).values().get()

    erase(manzura)

    assert Person.objects.filter(pk=other.pk).values().get() == before
    assert ModelLogEntry.objects.filter(label="Шарипова Матлуба").exists()


def test_places_that_run_are_ended_and_letters_that_wait_are_dropped(manzura):
    running = make_enrolment(manzura)

    erase(manzura)

    running.refresh_from_db()
    assert running.status == Enrolment.Status.WITHDRAWN
    assert not Message.objects.filter(state="queued").exists()


def test_certificates_stay_in_the_register_without_the_name(manzura, client):
    """CE-38"""
    certificate = Certificate.objects.get()

    erase(manzura)
    page = client.get(f"/en/verify/{certificate.code}/").content.decode()

    certificate.refresh_from_db()
    assert certificate.status == "valid"
    assert "This certificate is valid." in page
    assert "The register keeps the certificate without it." in page
    assert "Family name as on the paper" not in page


def test_certificates_are_withdrawn_where_the_holder_wants_it(manzura, client):
    """CE-38"""
    certificate = Certificate.objects.get()

    wish = erase(manzura, certificates="withdraw")
    page = client.get(f"/en/verify/{certificate.code}/").content.decode()

    certificate.refresh_from_db()
    assert (certificate.status, wish.certificates) == ("withdrawn", "withdraw")
    assert "was withdrawn" in page


def test_nobody_is_erased_in_the_middle_of_a_quiz(manzura):
    Attempt.objects.update(status="running", ended_at=None)
    by = make_user()
    before = _database()

    with pytest.raises(erasure.CannotErase, match="quiz"):
        erase(manzura, by=by)

    assert _database() == before


def test_whoever_runs_cohorts_gives_the_roles_up_first(manzura):
    place = manzura.enrolments.get()
    Staff.objects.create(cohort=place.cohort, user=manzura.user, role="trainer")

    with pytest.raises(erasure.CannotErase, match="roles"):
        erase(manzura)


def test_a_merged_row_is_erased_with_the_person_it_belongs_to(manzura):
    merged = Person.objects.get(merged_into=manzura)

    with pytest.raises(erasure.CannotErase, match="merged"):
        erase(merged)
    erase(manzura)

    merged.refresh_from_db()
    assert merged.anonymised_at
    assert merged.legal_name == f"№ {merged.pk}"


def test_an_erasure_needs_a_reason(manzura):
    with pytest.raises(ReasonMissing):
        erase(manzura, reason=" ")


def test_a_wish_is_written_down_once_and_can_be_declined(manzura):
    wish = erasure.ask(manzura, by=manzura.user, certificates="withdraw")
    again = erasure.ask(manzura, by=manzura.user, certificates="register")

    erasure.decline(wish, by=make_user(), reason="A case is open.")

    assert again == wish
    wish.refresh_from_db()
    assert (wish.state, wish.reason) == ("declined", "A case is open.")
    assert erasure.ask(manzura, by=None, certificates="register") != wish
    assert Erasure.objects.count() == 2


def test_no_certificate_is_made_for_somebody_erased(manzura):
    erase(manzura)

    with pytest.raises(NoCorrection):
        ending.replace(Certificate.objects.get(), by=make_user(), reason="Mistake")


def test_files_go_only_once_the_records_are_kept(
    manzura, django_capture_on_commit_callbacks
):
    pdf = Certificate.objects.get().pdf.name

    with django_capture_on_commit_callbacks(execute=False):
        erase(manzura)

    assert storages["private"].exists(pdf)
