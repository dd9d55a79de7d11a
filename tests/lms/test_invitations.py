"""One person, one code, one use."""

from datetime import timedelta

import pytest

from courses import clock
from lms.actions import invitations as actions
from lms.actions.codes import enter_by_code, what_opens
from lms.actions.places import CohortClosed, CohortFull, PersonGone
from lms.models import Enrolment, Invitation, Person
from tests.factories import (
    make_enrolment,
    make_member,
    make_participant,
    make_person,
    make_user,
)

from .test_admission import later, letters

pytestmark = pytest.mark.django_db


def invited(cohort=None, **who):
    who = who or {"email": "somebody@example.org"}
    return actions.invite(
        cohort or later(admission="invitation"),
        expires_at=clock.now() + timedelta(days=14),
        by=make_user(),
        **who,
    )


def test_the_invited_person_may_register_with_another_e_mail():
    """EN-10"""
    invitation = invited(email="office@example.org")
    person = make_member()

    place = enter_by_code(person.user, code=invitation.spelled_code.lower())

    invitation.refresh_from_db()
    assert (place.person, place.status) == (person, "active")
    assert (invitation.enrolment, invitation.claimed_at is not None) == (place, True)


def test_a_code_works_once_and_a_second_press_returns_the_place():
    """EN-10"""
    invitation, person = invited(), make_member()
    place = enter_by_code(person.user, code=invitation.code)

    assert enter_by_code(person.user, code=invitation.code) == place
    with pytest.raises(actions.CodeUsed):
        enter_by_code(make_member().user, code=invitation.code)

    assert Enrolment.objects.count() == 1


def test_a_code_passed_on_by_somebody_with_an_account_seats_nobody_else():
    invitation = invited(person=make_participant())

    with pytest.raises(actions.NotForYou):
        enter_by_code(make_member().user, code=invitation.code)


def test_somebody_on_a_list_without_an_account_may_have_registered_anew():
    """EN-10"""
    invitation, person = invited(person=make_person()), make_member()

    assert enter_by_code(person.user, code=invitation.code).person == person


def test_an_unknown_a_late_and_a_revoked_code_open_nothing(at):
    user, late, revoked = make_member().user, invited(), invited(email="b@example.org")
    actions.revoke_invitation(revoked, by=make_user())

    with pytest.raises(actions.CodeUnknown):
        enter_by_code(user, code="KKKK-KKKK-KKKK")
    with pytest.raises(actions.CodeOver):
        enter_by_code(user, code=revoked.code)
    at(late.expires_at)
    with pytest.raises(actions.CodeOver):
        enter_by_code(user, code=late.code)

    assert what_opens(late.code).is_over
    assert not Enrolment.objects.exists()


def test_a_code_in_a_full_cohort_leads_to_the_queue_and_takes_nobodys_seat():
    """EN-01"""
    invitation = invited(later(admission="invitation", capacity=0))

    assert enter_by_code(make_member().user, code=invitation.code).status == (
        "waitlisted"
    )


def test_a_code_refused_for_want_of_seats_works_later():
    cohort = later(admission="invitation", capacity=0, has_waiting_list=False)
    invitation = invited(cohort)

    with pytest.raises(CohortFull):
        enter_by_code(make_member().user, code=invitation.code)

    invitation.refresh_from_db()
    assert invitation.claimed_at is None


def test_a_request_is_answered_by_an_invitation():
    cohort, person = later(admission="request"), make_member()
    make_enrolment(person, cohort, status="requested")

    place = enter_by_code(person.user, code=invited(cohort, person=person).code)

    assert place.status == "active"


def test_inviting_twice_gives_one_invitation_and_one_letter():
    cohort, person = later(), make_person()

    first = invited(cohort, person=person)
    second = invited(cohort, email=person.email.upper())

    assert first == second
    letter = letters("invited").get()
    assert letter.context["cohort"] == cohort.pk
    assert letter.context["url"].endswith(f"/en/join/code/?code={first.code}")


def test_nobody_is_invited_twice_over_or_into_what_is_closed():
    cohort, person = later(), make_person()
    make_enrolment(person, cohort)

    with pytest.raises(actions.AlreadyIn):
        invited(cohort, person=person)
    with pytest.raises(CohortClosed):
        invited(later(status="cancelled"))
    with pytest.raises(PersonGone):
        invited(person=make_person(merged_into=person))
    with pytest.raises(actions.NobodyInvited):
        invited(email=" ")


def test_an_invitation_is_not_over_before_it_begins():
    with pytest.raises(actions.ExpiryPast):
        actions.invite(later(), email="a@b.org", expires_at=clock.now(), by=None)


def test_invitations_of_a_day_are_limited(monkeypatch):
    """CM-10: nobody sends letters without end"""
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    cohort = later()
    invited(cohort)

    with pytest.raises(actions.TooManyInvitations):
        invited(cohort, email="another@example.org")


def test_a_used_invitation_is_not_taken_back():
    invitation = invited()
    enter_by_code(make_member().user, code=invitation.code)

    with pytest.raises(actions.CodeUsed):
        actions.revoke_invitation(invitation, by=make_user())

    assert Invitation.objects.get().revoked_at is None
    assert Person.objects.count() == 1
