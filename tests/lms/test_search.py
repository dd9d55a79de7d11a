"""People are found in whatever script and spelling their names were written."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms import alphabet
from lms.actions.people import change_person
from lms.models import Person
from lms.receivers import fold_names
from tests.cast import make_cast
from tests.factories import make_enrolment, make_organisation, make_person


@pytest.mark.parametrize(
    "spellings",
    [
        "Rahimova Rakhimova Раҳимова Рахимова РАҲИМОВА",
        "Ҷамшед Джамшед Чамшед Jamshed Dzhamshed JAMSHED",
        "Қодирӣ Кодири Qodiri Kodiri Kodirī қодирий",
        "Ғафуров Гафуров Ghafurov Gafurov",
        "Ӯктам Уктам Uktam",
        "Ёдгор Едгор Yodgor",
        "Файзуллоев Fayzulloyev Faizulloev Fayzuloev",
        "Мӯъмин Муъмин Mumin Mu'min Муʼмин",
        "Абдул-Карим Абдулкарим Abdulkarim Abdul–Karim",
        "Исҳоқ Исхок Ishoq Iskhok",
        "Чоршанбе Chorshanbe Čoršanbe",
        "Щербаков Shcherbakov",
        "Мария Maria Mariya",
    ],
)
def test_the_spellings_of_a_name_have_one_key(spellings):
    assert len(set(map(alphabet.fold, spellings.split()))) == 1


@pytest.mark.parametrize("others", ["Раҳимова Каримова", "Саид Саидов", "Нур Нор"])
def test_other_names_have_other_keys(others):
    one, other = others.split()

    assert alphabet.fold(one) != alphabet.fold(other)


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Раҳимова Нигина", "Rahimova Nigina"),
        ("Ҷӯраев Хуршед", "Juraev Khurshed"),
        ("ХОҶАЕВ", "KHOJAEV"),
        ("Щука Юсуф", "Shchuka Yusuf"),
        ("O'Neil", "O'Neil"),
        ("", ""),
    ],
)
def test_a_name_in_latin_letters_is_suggested(name, latin):
    assert alphabet.latin(name) == latin


@pytest.fixture
def nigina(db):
    make_person(legal_name="Каримов Фирӯз", email="f.karimov@example.org")
    return make_person(
        legal_name="Раҳимова Нигина Ҷамшедовна",
        email="nigina.r@police.example.tj",
        phone="+992 (92) 123-45-67",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Rahimova",
        "рахимова",
        "НИГИНА раҳимова",
        "nigina jamshed",
        "химов",
        "nigina.r@police.example.tj",
        "NIGINA.R@POLICE",
        "police.example",
        "992921234567",
        "92 123 45 67",
        "123-45",
    ],
)
def test_somebody_is_found_by_part_of_name_address_or_number(nigina, text):
    assert list(Person.objects.matching(text)) == [nigina]


@pytest.mark.parametrize("text", ["Рахимова Фируз", "%", "_", "!!!", "' or 1=1"])
def test_every_word_must_fit_and_signs_find_nobody(nigina, text):
    assert list(Person.objects.matching(text)) == []


def test_no_words_find_everybody(nigina):
    assert Person.objects.matching("  ").count() == 2


def test_a_corrected_name_is_found_by_the_new_one_only(nigina):
    change_person(nigina, by=None, legal_name="Саидова Нигина")

    assert not Person.objects.matching("Rahimova")
    assert Person.objects.matching("Saidova").get() == nigina


def test_names_written_past_django_are_folded_after_a_migration(nigina):
    Person.objects.update(search_key="")

    fold_names(apps.get_app_config("lms"), "default", apps)

    assert Person.objects.matching("Rahimova").get() == nigina


def test_all_names_are_folded_anew_by_a_command(nigina, capsys):
    Person.objects.filter(pk=nigina.pk).update(search_key="old")

    call_command("fold_names")
    call_command("fold_names")

    assert Person.objects.matching("Rahimova").get() == nigina
    assert capsys.readouterr().out.split("\n")[:2] == [
        "Search keys written: 1.",
        "Search keys written: 0.",
    ]


@pytest.mark.django_db
def test_the_list_of_staff_finds_in_any_script_and_in_their_cohorts_only(client):
    cast = make_cast()
    academy = make_organisation(name="Police Academy")
    for name, cohort in [
        ("Раҳимова А", cast.cohort),
        ("Раҳимова Б", cast.other_cohort),
    ]:
        make_enrolment(make_person(legal_name=name, organisation=academy), cohort)
    client.force_login(cast.coordinator)

    for query in ("rahimova", "Police"):
        page = client.get(reverse("lms_people:index"), {"q": query}).content.decode()

        assert "Раҳимова А" in page
        assert "Раҳимова Б" not in page
        assert cast.person.legal_name not in page


@pytest.mark.django_db
def test_a_search_asks_as_often_for_three_people_as_for_one(client):
    cast = make_cast()
    client.force_login(cast.coordinator)
    url = reverse("lms_people:index")
    make_enrolment(make_person(legal_name="Раҳимова"), cast.cohort)
    client.get(url, {"q": "rahimova"})
    with CaptureQueriesContext(connection) as one:
        client.get(url, {"q": "rahimova"})

    for _ in range(2):
        make_enrolment(make_person(legal_name="Рахимова"), cast.cohort)
    with CaptureQueriesContext(connection) as three:
        client.get(url, {"q": "rahimova"})

    assert len(three) == len(one)
