"""EN-11: two rows become one person, nothing is guessed, and it can be taken back."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from certificates.actions.issuing import issue
from certificates.models import Certificate
from courses import clock
from lms import roles
from lms.actions import merging
from lms.actions.enrolment import PersonGone, enrol
from lms.actions.merge_plan import END, KEEP, STAYING, TAKE, keys_to_person, plan
from lms.actions.merging import CannotMerge, CannotUndo, Undecided, merge, undo_merge
from lms.actions.messages import queue
from lms.actions.people import change_person, claim_by_email, claim_or_add_person
from lms.models import Attempt, Enrolment, Mark, Message, Person, PersonMerge
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_participant,
    make_person,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """A row of a list without an address, and the person who signed up."""
    person = make_person(legal_name="Рахимова Нигина", email="", region="khatlon")
    into = make_participant(legal_name="Раҳимова Нигина", region="")
    return person, into


def the_same(*rows):
    for row in rows:
        row.refresh_from_db()
    return rows


def test_places_and_all_that_hangs_on_them_go_along(two):
    """EN-11: enrolments, attempts, marks and certificates of both are one person's."""
    person, into = two
    place = make_enrolment(person)
    session = make_session(place.cohort)
    mark = Mark.objects.create(session=session, enrolment=place, marked_at=clock.now())
    place.status, place.completed_on = "completed", date(2026, 10, 14)
    place.completed_at = clock.now()
    place.save()
    certificate = issue(place, by=make_user())
    record = merge(person, into=into, by=None)

    assert Enrolment.objects.get().person == into
    assert Certificate.objects.get(person=into) == certificate
    assert Mark.objects.get(enrolment__person=into) == mark
    assert record.moved["lms.Enrolment.person"] == [place.pk]
    assert Person.objects.current().get() == into


def test_every_foreign_key_to_a_person_moves_or_is_named_as_staying():
    """EN-11: a new relation cannot be forgotten; it moves unless it says why not."""
    every = {
        relation.field
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    moving = set(keys_to_person())

    assert {key.model for key in every - moving} == STAYING
    assert {key.model for key in moving} >= {Enrolment, Message, Person}


def test_results_reach_a_person_by_their_places_only():
    """EN-11: no moving. A certificate alone names its holder besides its place."""
    fields = [*Attempt._meta.fields, *Mark._meta.fields]

    assert not any(field.related_model is Person for field in fields)


def test_what_the_person_does_not_say_is_taken_over(two):
    person, into = two
    change_person(person, by=None, phone="+992900000001")

    merge(person, into=into, by=None)

    the_same(into)
    assert (into.region, into.phone) == ("khatlon", "+992900000001")
    assert into.legal_name == "Раҳимова Нигина"
    assert Person.objects.matching("992900000001").filter(pk=into.pk).exists()


def test_two_e_mails_are_listed_and_the_merge_refused_until_one_is_chosen(two):
    """EN-11: clashes are listed, not guessed."""
    person, into = two
    change_person(person, by=None, email="old@example.org")

    with pytest.raises(Undecided, match="E-mail"):
        merge(person, into=into, by=None)

    assert the_same(person)[0].merged_into is None
    merge(person, into=into, by=None, decisions={"email": TAKE})
    assert the_same(into)[0].email == "old@example.org"


@pytest.mark.parametrize("nonsense", ["", "both", "drop table"])
def test_an_answer_that_was_not_offered_decides_nothing(two, nonsense):
    person, into = two
    change_person(person, by=None, email="old@example.org")

    with pytest.raises(Undecided):
        merge(person, into=into, by=None, decisions={"email": nonsense})


def test_a_name_can_be_chosen_and_is_kept_otherwise(two):
    person, into = two

    merge(person, into=into, by=None, decisions={"legal_name": TAKE})

    assert the_same(into)[0].legal_name == "Рахимова Нигина"


def test_an_account_goes_along(two):
    person, into = two

    merge(into, into=person, by=None)

    the_same(person, into)
    assert person.user is not None
    assert into.user is None


def test_of_two_accounts_the_one_not_chosen_is_closed(two):
    """EN-11: both have accounts."""
    person, into = two
    person.user = make_user()
    person.save()

    with pytest.raises(Undecided, match="Account"):
        merge(person, into=into, by=None)
    record = merge(person, into=into, by=None, decisions={"user": KEEP})

    the_same(person, into)
    assert (person.user.is_active, into.user.is_active) == (False, True)
    undo_merge(record, by=None)
    person.user.refresh_from_db()
    assert person.user.is_active


def test_the_other_account_can_be_chosen(two):
    person, into = two
    person.user = chosen = make_user()
    person.save()
    other = into.user

    record = merge(person, into=into, by=None, decisions={"user": TAKE})

    assert the_same(into)[0].user == chosen
    assert not type(other).objects.get(pk=other.pk).is_active
    undo_merge(record, by=None)
    the_same(person, into)
    assert (person.user, into.user) == (chosen, other)
    assert into.user.is_active


def test_an_account_with_a_role_is_never_closed_by_a_merge(two):
    person, into = two
    roles.ensure_roles()
    person.user = make_user(groups=[Group.objects.get(name=roles.ADMINISTRATORS)])
    person.save()

    with pytest.raises(CannotMerge, match="has a role"):
        merge(person, into=into, by=None, decisions={"user": KEEP})


def in_one_cohort(two, status="active", other="active"):
    cohort, person, into = make_cohort(), *two
    today = {"completed_at": clock.now(), "completed_on": clock.now().date()}
    return tuple(
        make_enrolment(
            who, cohort, status=what, **(today if what == "completed" else {})
        )
        for who, what in ((person, status), (into, other))
    )


def test_two_places_in_one_cohort_are_listed_and_one_ends_when_told_to(two):
    """EN-11: both are enrolled in the same cohort."""
    person, into = two
    place, other = in_one_cohort(two)

    with pytest.raises(Undecided, match="Both are in"):
        merge(person, into=into, by=None)
    merge(person, into=into, by=None, decisions={f"place-{place.pk}": END})

    the_same(place, other)
    assert (place.status, place.person) == ("withdrawn", person)
    assert (other.status, other.person) == ("active", into)


@pytest.mark.parametrize(
    ("status", "other", "word"),
    [
        ("completed", "completed", "Both have completed"),
        ("completed", "active", "the other way round"),
        ("active", "withdrawn", "the other way round"),
        ("active", "requested", "the other way round"),
    ],
)
def test_clashing_results_are_refused_whatever_is_answered(two, status, other, word):
    """EN-11: clashing results."""
    person, into = two
    place, _other = in_one_cohort(two, status, other)

    (clash,) = [c for c in plan(person, into).clashes if c.key.startswith("place")]
    assert word in clash.text
    with pytest.raises(Undecided):
        merge(person, into=into, by=None, decisions={clash.key: END})

    assert the_same(place)[0].person == person


def test_an_ended_place_stays_as_history_and_asks_nothing(two):
    person, into = two
    place, _other = in_one_cohort(two, "withdrawn")

    merge(person, into=into, by=None)

    assert the_same(place)[0].person == person


def test_undoing_restores_exactly(two):
    person, into = two
    place, _other = in_one_cohort(two)
    elsewhere = make_enrolment(person)
    before = [Person.objects.filter(pk=p.pk).values().get() for p in two]
    places = list(Enrolment.objects.order_by("pk").values())

    record = merge(person, into=into, by=None, decisions={f"place-{place.pk}": END})
    assert the_same(elsewhere)[0].person == into
    undo_merge(record, by=None)
    undo_merge(record, by=None)

    assert [Person.objects.filter(pk=p.pk).values().get() for p in two] == before
    assert list(Enrolment.objects.order_by("pk").values()) == places


def test_what_changed_after_the_merge_survives_the_undoing(two):
    person, into = two
    record = merge(person, into=into, by=None)
    change_person(into, by=None, region="gbao", position="Judge")
    later = enrol(into, cohort=make_cohort(), by=None)

    undo_merge(record, by=None)

    the_same(into, later)
    assert (into.region, into.position) == ("gbao", "Judge")
    assert later.person == into


@pytest.mark.parametrize(("day", "is_late"), [("2026-11-09", False), ("2026-11-13", 1)])
def test_a_merge_is_undone_within_thirty_days(two, at, day, is_late):
    person, into = two
    at("2026-10-12T09:00+05:00")
    record = merge(person, into=into, by=None)

    at(f"{day}T09:00+05:00")
    if is_late:
        with pytest.raises(CannotUndo, match="30 days"):
            undo_merge(record, by=None)
    else:
        undo_merge(record, by=None)

    assert bool(the_same(person)[0].merged_into) == bool(is_late)


def test_what_only_an_undoing_needs_is_forgotten_after_it(two, at):
    at("2026-10-12T09:00+05:00")
    record = merge(two[0], into=two[1], by=None)

    assert merging.forget_merges() == 0
    at("2026-11-13T09:00+05:00")
    assert (merging.forget_merges(), merging.forget_merges()) == (1, 0)

    assert the_same(record)[0].changed == {}


def test_a_double_click_merges_once(two):
    person, into = two

    assert merge(person, into=into, by=None) == merge(person, into=into, by=None)
    assert PersonMerge.objects.count() == 1


def test_nobody_is_merged_into_themselves_or_into_somebody_merged_or_erased(two):
    person, into = two
    gone, erased = make_person(), make_person(anonymised_at=clock.now())
    merge(gone, into=into, by=None, decisions={"email": KEEP})

    for one, other in [(person, person), (person, gone), (person, erased)]:
        with pytest.raises(CannotMerge):
            merge(one, into=other, by=None)
    with pytest.raises(CannotMerge):
        merge(gone, into=person, by=None)


def test_a_chain_is_undone_from_its_end(two):
    person, into = two
    last = make_person(email="", legal_name="Rahimova Nigina")
    place = make_enrolment(person)
    first = merge(person, into=into, by=None)
    second = merge(into, into=last, by=None)

    the_same(person, place)
    assert (person.merged_into, place.person) == (last, last)
    with pytest.raises(CannotUndo, match="Take that back first"):
        undo_merge(first, by=None)

    undo_merge(second, by=None)
    assert the_same(person)[0].merged_into == into
    undo_merge(first, by=None)
    assert the_same(place)[0].person == person


def test_an_undone_merge_can_be_made_again(two):
    person, into = two
    undo_merge(merge(person, into=into, by=None), by=None)

    merge(person, into=into, by=None)

    assert the_same(person)[0].merged_into == into


def test_an_e_mail_taken_by_somebody_else_since_is_not_given_back(two):
    person, into = two
    change_person(person, by=None, email="old@example.org")
    record = merge(person, into=into, by=None, decisions={"email": KEEP})
    make_person(email="old@example.org")

    with pytest.raises(CannotUndo, match=r"old@example\.org"):
        undo_merge(record, by=None)

    assert the_same(person)[0].merged_into == into


def test_a_merged_person_is_not_enrolled_claimed_or_written_to(two):
    """EN-11: a merged row is history."""
    person, into = two
    change_person(person, by=None, email="old@example.org")
    stale = Person.objects.get(pk=person.pk)
    merge(person, into=into, by=None, decisions={"email": KEEP})
    the_same(person)

    for row in (person, stale):
        with pytest.raises(PersonGone):
            enrol(row, cohort=make_cohort(), by=None)
    assert queue(person, key="k", template="lms/mail/export_ready") is None
    assert claim_by_email(make_user(), email="old@example.org") is None
    user = make_user()
    assert claim_or_add_person(user, email="old@example.org", legal_name="N") not in two


def test_two_people_of_one_name_are_told_apart_once(two):
    assert merging.tell_apart(*two, by=None) == merging.tell_apart(*two[::-1], by=None)


def test_the_database_keeps_one_merge_of_a_person(two):
    merge(two[0], into=two[1], by=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        PersonMerge.objects.create(
            person=two[0], into=make_person(), merged_at=clock.now()
        )


def test_a_plan_asks_as_often_for_many_rows_as_for_one(
    two, django_assert_max_num_queries
):
    person, into = two
    for _ in range(3):
        make_enrolment(person)
        in_one_cohort((person, into))
    organisation = make_organisation()
    for row in two:
        change_person(row, by=None, organisation=organisation)
    with django_assert_max_num_queries(60) as many:
        plan(*two)
    fresh = make_person(email=""), make_participant()
    make_enrolment(fresh[0])
    in_one_cohort(fresh)
    with django_assert_max_num_queries(60) as few:
        plan(*fresh)

    assert len(many.captured_queries) == len(few.captured_queries)
