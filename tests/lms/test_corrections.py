"""People ask that their data be corrected; staff of their cohorts answer."""

import pytest
from django.db import IntegrityError, transaction

from courses import clock
from lms.actions import corrections as actions
from lms.actions.people import change_person
from lms.models import CorrectionRequest, Message, Organisation
from tests.factories import make_organisation, make_participant

pytestmark = pytest.mark.django_db

State = CorrectionRequest.State


@pytest.fixture
def person():
    return make_participant(legal_name="Рахимова Нигина", sex="f")


def ask(person, field="legal_name", new="Раҳимова Нигина", **more):
    return actions.ask_correction(person, field=field, new=new, by=person.user, **more)


def test_asking_changes_nothing_but_the_list_of_requests(person):
    """CE-19: a name is corrected by an approved request only."""
    request = ask(person, reason="As in the passport")

    person.refresh_from_db()
    assert person.legal_name == "Рахимова Нигина"
    assert (request.old, request.new) == ("Рахимова Нигина", "Раҳимова Нигина")
    assert request.state == State.OPEN


def test_an_approved_request_is_written_and_the_person_told(person):
    """CE-19: approved, it is written; what was issued before stays as it is."""
    request = actions.approve_correction(ask(person), by=None)
    actions.approve_correction(request, by=None)

    person.refresh_from_db()
    assert person.legal_name == "Раҳимова Нигина"
    letter = Message.objects.get(template="lms/mail/correction_decided")
    assert letter.context["decision"] == "approved"


def test_a_refused_request_leaves_everything_and_says_why(person):
    request = ask(person)
    with pytest.raises(actions.AnswerMissing):
        actions.refuse_correction(request, by=None, note=" ")

    actions.refuse_correction(request, by=None, note="The passport says х.")

    person.refresh_from_db()
    request.refresh_from_db()
    assert person.legal_name == "Рахимова Нигина"
    assert (request.state, request.note) == (State.REFUSED, "The passport says х.")


@pytest.mark.parametrize(
    ("field", "new", "reads"),
    [("sex", "m", "m"), ("region", "gbao", "gbao"), ("latin_name", "R N", "R N")],
)
def test_each_field_is_written_as_asked(person, field, new, reads):
    actions.approve_correction(ask(person, field, new), by=None)

    person.refresh_from_db()
    assert getattr(person, field) == reads


def test_an_organisation_is_found_by_its_name_or_added(person):
    academy = make_organisation(name="Police Academy")

    actions.approve_correction(ask(person, "organisation", "police academy"), by=None)
    person.refresh_from_db()
    assert person.organisation == academy
    actions.approve_correction(ask(person, "organisation", "Нури Умед"), by=None)
    assert Organisation.objects.filter(name="Нури Умед").exists()


@pytest.mark.parametrize("new", ["", "  ", "Рахимова Нигина", " Рахимова  Нигина "])
def test_asking_for_what_is_written_already_is_refused(person, new):
    with pytest.raises(actions.NothingToCorrect):
        ask(person, new=new)


def test_a_field_has_one_open_request(person):
    first = ask(person)

    assert ask(person) == first
    with pytest.raises(actions.AskedAlready):
        ask(person, new="Раҳимӣ Нигина")
    assert ask(person, "sex", "m") != first
    with pytest.raises(IntegrityError), transaction.atomic():
        CorrectionRequest.objects.create(
            person=person, field="legal_name", new="X", asked_at=clock.now()
        )


def test_a_request_taken_back_makes_room_for_another(person):
    request = ask(person)

    actions.take_back_correction(request, by=person.user)
    actions.take_back_correction(request, by=person.user)

    assert ask(person, new="Раҳимӣ Нигина").state == State.OPEN
    with pytest.raises(actions.AnsweredAlready):
        actions.approve_correction(request, by=None)


def test_what_was_answered_is_not_answered_otherwise(person):
    request = actions.approve_correction(ask(person), by=None)

    with pytest.raises(actions.AnsweredAlready):
        actions.refuse_correction(request, by=None, note="No")
    with pytest.raises(actions.AnsweredAlready):
        actions.take_back_correction(request, by=person.user)


def test_data_changed_meanwhile_are_not_overwritten(person):
    request = ask(person)
    change_person(person, by=None, legal_name="Раҳимӣ Нигина")

    with pytest.raises(actions.ChangedMeanwhile, match="Раҳимӣ"):
        actions.approve_correction(request, by=None)


def test_a_request_says_values_in_words(person):
    request = ask(person, "sex", "m")

    assert (request.old_in_words, request.new_in_words) == ("Woman", "Man")
