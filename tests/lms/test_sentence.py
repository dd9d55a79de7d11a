"""The year's sentence."""

import pytest
from django.utils.translation import override

from lms.sentence import sentence

GROUPS = {"police": 21, "judges": 1, "prosecutors": 3, "law_students": 5}


def test_the_sentence_counts_people_and_names_who_they_were():
    said = sentence(
        year=2026, people=30, by_audience={"judges": 1, "police": 27, "diaspora": 2}
    )

    assert said == (
        "In 2026, 30 people were trained in countering trafficking in persons: "
        "27 law-enforcement officers, 1 judge and 2 diaspora members."
    )


def test_one_person_is_one_person():
    said = sentence(year=2026, people=1, by_audience={"law_students": 1})

    assert said == (
        "In 2026, 1 person was trained in countering trafficking in persons: "
        "1 law student."
    )


def test_people_of_unknown_audience_are_not_left_out():
    said = sentence(year=2026, people=3, by_audience={"": 2, "ngo": 1})

    assert said.endswith(": 1 NGO staff member and 2 other people.")


def test_a_year_without_trainings_says_so():
    said = sentence(year=2026, people=0, by_audience={})

    assert said == "In 2026 nobody has completed a training yet."


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (1, "прошёл 1 человек"),
        (2, "прошли 2 человека"),
        (11, "прошли 11 человек"),
        (21, "прошёл 21 человек"),
        (25, "прошли 25 человек"),
    ],
)
def test_the_sentence_counts_in_russian(people, said):
    with override("ru"):
        text = sentence(year=2026, people=people, by_audience=GROUPS)

    assert said in text
    assert (
        "21 сотрудник правоохранительных органов, 1 судья, 3 прокурора и "
        "5 студентов-юристов" in text
    )


def test_the_sentence_counts_in_tajik():
    with override("tg"):
        text = sentence(year=2026, people=30, by_audience=GROUPS)

    assert text == (
        "Дар соли 2026 30 нафар оид ба муқовимат ба савдои одамон омӯзиш гирифтанд: "
        "21 корманди мақомоти ҳифзи ҳуқуқ, 1 судя, 3 прокурор ва 5 донишҷӯи "
        "ҳуқуқшинос."
    )
