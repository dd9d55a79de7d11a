"""People, their accounts, organisations and donors."""

import pytest

from lms.actions import people as actions
from lms.models import Person
from tests.factories import make_organisation, make_participant, make_person, make_user

pytestmark = pytest.mark.django_db


def test_a_second_person_with_the_same_e_mail_is_refused():
    make_person(email="nigina@example.org")

    with pytest.raises(actions.EmailTaken, match="nigina"):
        actions.add_person(by=None, legal_name="Нигина", email=" Nigina@Example.org ")

    assert Person.objects.count() == 1


def test_a_person_needs_a_name():
    with pytest.raises(actions.NameMissing):
        actions.add_person(by=None, legal_name="  ")


def test_spaces_and_capitals_are_tidied():
    person = actions.add_person(
        by=None, legal_name=" Раҳимова  Нигина ", email="N@Example.org"
    )

    assert (person.legal_name, person.email) == ("Раҳимова Нигина", "n@example.org")


def test_an_account_claims_the_person_known_by_its_e_mail():
    person = make_person(email="nigina@example.org", legal_name="Раҳимова Нигина")
    user = make_user()

    claimed = actions.claim_or_add_person(
        user, email="Nigina@example.org", legal_name="Somebody else"
    )

    assert claimed == person
    assert (claimed.user, claimed.legal_name) == (user, "Раҳимова Нигина")


def test_an_account_cannot_claim_a_person_of_another_account():
    person, user = make_participant(), make_user()

    with pytest.raises(actions.EmailTaken):
        actions.claim_or_add_person(user, email=person.email, legal_name="Me")

    assert not Person.objects.filter(user=user).exists()


def test_an_account_unknown_so_far_becomes_a_person_once():
    user = make_user()

    first = actions.claim_or_add_person(user, email=user.email, legal_name="Нигина")
    second = actions.claim_or_add_person(user, email=user.email, legal_name="Other")

    assert (first, second.legal_name) == (second, "Нигина")


def test_an_organisation_is_added_once_whatever_its_capitals():
    first = actions.add_organisation(by=None, name="Police Academy")

    assert actions.add_organisation(by=None, name="police  academy") == first


def test_an_organisation_cannot_take_the_name_of_another():
    taken, organisation = make_organisation(name="Academy"), make_organisation()

    with pytest.raises(actions.NameTaken):
        actions.change_organisation(organisation, by=None, name=taken.name)
