"""PR-11: who sees which rows, for each role and a row of another cohort."""

import pytest
from django.contrib.auth.models import AnonymousUser

from lms import scoping
from lms.models import Cohort, Enrolment, Mark, Message, Person, Session, Staff
from tests.cast import make_cast
from tests.factories import make_enrolment

pytestmark = pytest.mark.django_db

NOBODY_BELOW = ["participant", "other_participant", "stranger", "observer"]


@pytest.mark.parametrize("who", NOBODY_BELOW)
@pytest.mark.parametrize("model", list(scoping._paths))
def test_who_is_no_staff_sees_no_row_of_any_model(who, model, cast):

    rows = scoping.scope(model.objects.all(), getattr(cast, who))

    assert list(rows) == []


def test_a_signed_out_visitor_sees_no_row():
    make_cast()

    assert list(scoping.scope(Person.objects.all(), AnonymousUser())) == []
    assert list(scoping.cohorts_for(AnonymousUser())) == []


@pytest.mark.parametrize("who", ["trainer", "marker", "coordinator"])
def test_staff_see_the_rows_of_their_cohort_and_none_of_another(who, cast):
    user = getattr(cast, who)

    assert list(scoping.scope(Cohort.objects.all(), user)) == [cast.cohort]
    assert list(scoping.scope(Person.objects.all(), user)) == [cast.person]
    assert list(scoping.scope(Enrolment.objects.all(), user)) == [cast.enrolment]
    assert list(scoping.scope(Session.objects.all(), user)) == [cast.session]
    assert set(scoping.scope(Staff.objects.all(), user)) == set(cast.cohort.staff.all())


def test_an_administrator_sees_everything(cast):

    rows = scoping.scope(Enrolment.objects.all(), cast.administrator)

    assert set(rows) == {cast.enrolment, cast.other_enrolment}


def test_a_person_in_two_of_my_cohorts_is_listed_once(cast):
    Staff.objects.create(cohort=cast.other_cohort, user=cast.trainer, role="trainer")
    make_enrolment(cast.person, cast.other_cohort)

    rows = scoping.scope(Person.objects.all(), cast.trainer)

    assert set(rows) == {cast.person, cast.other_person}
    assert rows.count() == 2


def test_an_observer_counts_in_the_own_cohort_only(cast):

    assert list(scoping.cohorts_for(cast.observer)) == [cast.cohort]
    assert list(scoping.cohorts_for(cast.observer, "see")) == []


ALLOWED = {
    "participant": set(),
    "stranger": set(),
    "observer": {"count"},
    "marker": {"count", "see", "mark"},
    "trainer": {"count", "see", "teach", "mark"},
    "coordinator": {"count", "see", "teach", "mark", "manage", "issue"},
    "administrator": set(scoping.ROLES_FOR),
}


@pytest.mark.parametrize("who", list(ALLOWED))
def test_a_role_allows_these_actions_in_its_cohort_and_none_in_another(who, cast):
    user = getattr(cast, who)

    here = {a for a in scoping.ROLES_FOR if scoping.may(user, a, cast.cohort)}
    there = {a for a in scoping.ROLES_FOR if scoping.may(user, a, cast.other_cohort)}

    assert here == ALLOWED[who]
    assert there == (ALLOWED[who] if who == "administrator" else set())


def test_an_inactive_account_may_nothing(cast):
    cast.trainer.is_active = False

    assert not scoping.may(cast.trainer, "see", cast.cohort)
    assert list(scoping.scope(Mark.objects.all(), cast.trainer)) == []


def test_letters_follow_the_cohort_they_are_about(cast):
    for place in (cast.enrolment, cast.other_enrolment):
        Message.objects.create(
            key=str(place.pk),
            person=place.person,
            cohort=place.cohort,
            due_at=cast.session.starts_at,
        )

    rows = scoping.scope(Message.objects.all(), cast.trainer)

    assert [message.person for message in rows] == [cast.person]
