"""Naming somebody in a form of the admin: typed, found, chosen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.models import Enrolment, Invitation, Person
from tests.cast import make_cast
from tests.factories import make_enrolment, make_organisation, make_person

pytestmark = pytest.mark.django_db

FORMS = ["enrolments", "invitations"]


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once("2026-10-12T09:00+05:00")
    return make_cast()


@pytest.fixture
def cast(cast, client):
    client.force_login(cast.coordinator)
    return cast


def known(cast, name, **about):
    person = make_person(legal_name=name, **about)
    make_enrolment(person, cast.cohort, status="withdrawn")
    return person


def url(form):
    return reverse(f"lms_{form}:add")


def posted(client, cast, form="enrolments", **answers):
    data = {"cohort": cast.cohort.pk, "until": "2026-10-20"} | answers
    return client.post(url(form), data)


def choices(response):
    return [value for value, _label in response.context["form"]["person"].field.choices]


@pytest.mark.parametrize("form", FORMS)
def test_nobody_of_another_cohort_is_found_or_taken_by_a_forged_key(client, cast, form):
    """PR-11"""
    theirs = cast.other_person
    mine = known(cast, "Раҳимова Нигина")

    searched = posted(client, cast, form, find=theirs.email)
    forged = posted(client, cast, form, find="Rahimova", person=theirs.pk)
    unsearched = posted(client, cast, form, person=theirs.pk)

    assert "find" in searched.context["form"].errors
    assert theirs.legal_name not in searched.content.decode()
    assert "person" in forged.context["form"].errors
    assert choices(forged) == [str(mine.pk), "none"]
    assert unsearched.context["form"].errors
    assert not Enrolment.objects.filter(person=theirs, cohort=cast.cohort).exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_form_names_nobody(client, cast, form):
    page = client.get(url(form)).content.decode()

    assert cast.person.legal_name not in page
    assert 'name="person"' not in page


def test_whoever_is_found_is_chosen_and_what_was_typed_stays(client, cast):
    academy = make_organisation(name="Police Academy")
    one = known(cast, "Раҳимова Нигина", organisation=academy, email="n.r@police.tj")
    other = known(cast, "Рахимова Нигора", email="", phone="+992 900 00 00 01")

    asked = posted(client, cast, find="rahimova", position="Inspector")
    page = asked.content.decode()

    assert set(choices(asked)) == {str(one.pk), str(other.pk), "none"}
    assert "Раҳимова Нигина · Police Academy · n…@police.tj" in page
    assert "n.r@police.tj" not in page
    assert 'value="rahimova"' in page
    assert 'value="Inspector"' in page
    assert "Choose who is meant." in page
    assert "could not be" not in page
    assert not Enrolment.objects.studying().filter(person__in=[one, other]).exists()


def test_a_single_match_is_confirmed_too(client, cast):
    person = make_person(legal_name="Раҳимова Нигина", email="nigina@police.tj")
    make_enrolment(person, cast.other_cohort)
    client.force_login(cast.administrator)
    typed = {"find": "nigina@police.tj"}

    asked = posted(client, cast, **typed)
    before = Enrolment.objects.filter(person=person, cohort=cast.cohort).exists()
    posted(client, cast, **typed, person=person.pk)

    assert choices(asked) == [str(person.pk), "none"]
    assert not before
    assert Enrolment.objects.get(person=person, cohort=cast.cohort).is_studying


def test_somebody_found_is_invited(client, cast):
    client.force_login(cast.administrator)
    person = make_person(legal_name="Раҳимова Нигина", email="nigina@police.tj")

    posted(client, cast, "invitations", find="Рахимова", person=person.pk)

    assert Invitation.objects.get().person == person


def test_none_of_those_found_is_somebody_new(client, cast):
    namesake = known(cast, "Раҳимова Нигина")
    typed = {"find": "Rahimova", "legal_name": "Раҳимова Нигина"}

    asked = posted(client, cast, **typed)
    empty = posted(client, cast, find="Rahimova", person="none")
    posted(client, cast, **typed, person="none")

    assert "person" in asked.context["form"].errors
    assert "legal_name" in empty.context["form"].errors
    added = Person.objects.filter(legal_name="Раҳимова Нигина").exclude(pk=namesake.pk)
    assert Enrolment.objects.get(person__in=added).cohort == cast.cohort


def test_whoever_is_found_nowhere_is_written_below(client, cast):
    lost = posted(client, cast, find="Nobody")
    posted(client, cast, find="Nobody", legal_name="Саидов Али")

    assert "Nobody in your cohorts is found" in lost.content.decode()
    assert Enrolment.objects.get(person__legal_name="Саидов Али")


def test_a_choice_does_not_outlive_another_search(client, cast):
    one = known(cast, "Раҳимова Нигина")
    other = known(cast, "Саидов Али")

    asked = posted(client, cast, find="Saidov", person=one.pk)

    assert "person" in asked.context["form"].errors
    assert choices(asked) == [str(other.pk), "none"]


@pytest.mark.parametrize(
    "text", ["\x00", "%", "☃ ☃", "x" * 5000, "'; drop table lms_person --"]
)
def test_words_that_mean_nobody_find_nobody(client, cast, text):
    response = posted(client, cast, find=text, position="Inspector")

    assert "find" in response.context["form"].errors
    assert 'value="Inspector"' in response.content.decode()


def test_twenty_are_shown_and_more_are_said_at_one_cost(client, cast):
    known(cast, "Саидов Али")
    posted(client, cast, find="Saidov")
    with CaptureQueriesContext(connection) as few:
        posted(client, cast, find="Saidov")
    for number in range(24):
        known(cast, f"Саидов {number}", organisation=make_organisation())
    with CaptureQueriesContext(connection) as many:
        asked = posted(client, cast, find="Saidov")

    assert len(choices(asked)) == 21
    assert "write more of the name" in asked.content.decode()
    # The list of organisations is read in one query however long it is.
    assert len(many) == len(few)
