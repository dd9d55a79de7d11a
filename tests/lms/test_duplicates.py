"""Who may be one person: suggested with the reasons, never decided."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms import duplicates
from lms.actions.merging import tell_apart
from lms.namesakes import Pair, Sign, Who, suspects
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person


@pytest.mark.parametrize(
    ("one", "other", "signs"),
    [
        (Who(1, "Раҳимова Нигина"), Who(2, "Nigina RAKHIMOVA"), (Sign.NAME,)),
        (
            Who(1, "Раҳимова Нигина", organisation=7),
            Who(2, "Рахимова Нигина", organisation=7),
            (Sign.NAME, Sign.ORGANISATION),
        ),
        (
            Who(1, "Раҳимова Нигина", phone="+992 92 123 45 67", sex="f"),
            Who(2, "Нигина Раҳимова", phone="921234567", sex="m"),
            (Sign.PHONE, Sign.NAME),
        ),
        (
            Who(1, "Раҳимова Нигина Ҷамшедовна"),
            Who(2, "Раҳимова Нигина"),
            (Sign.PART_OF_NAME,),
        ),
        (
            Who(1, "Раҳимова Нигина", "n.rahimova@old.example"),
            Who(2, "Раҳимава Негина", "n.rakhimova@new.example"),
            (Sign.ADDRESS, Sign.ALIKE),
        ),
    ],
)
def test_rows_that_may_be_one_person_are_paired_with_the_reasons(one, other, signs):
    assert suspects([one, other]) == [Pair(1, 2, signs)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Who(1, "Раҳимова Нигина"), Who(2, "Раҳимова Мадина")),
        (Who(1, "Раҳимов Саид", sex="m"), Who(2, "Раҳимов Саид", sex="f")),
        (Who(1, "Раҳимова Нигина"), Who(2, "Раҳимава Негина")),
        (Who(1, "Нигина", phone="921234567"), Who(2, "Фирӯз", phone="921234567")),
        (Who(1, "А Б", "info@a.example"), Who(2, "В Г", "info@b.example")),
        (Who(1, ""), Who(2, "Нигина")),
    ],
)
def test_a_shared_phone_or_family_name_alone_makes_nobody_one_person(one, other):
    assert suspects([one, other]) == []


def test_the_likeliest_pair_comes_first():
    people = [
        Who(1, "Саидов Али"),
        Who(2, "Саидов Али"),
        Who(3, "Каримов Умед", phone="921234567"),
        Who(4, "Каримов Умед", phone="921234567"),
    ]

    assert [(pair.one, pair.other) for pair in suspects(people)] == [(3, 4), (1, 2)]


def test_a_name_that_everybody_bears_says_nothing():
    assert suspects(Who(pk, "Саидов Али") for pk in range(60)) == []


@pytest.mark.django_db
def test_staff_are_asked_about_people_of_their_own_cohorts_only():
    cast = make_cast()
    for cohort in (cast.cohort, cast.cohort, cast.other_cohort):
        make_enrolment(make_person(legal_name="Раҳимова Нигина"), cohort)
    everywhere = make_person(legal_name="Раҳимова Нигина")
    for cohort in (cast.cohort, cast.other_cohort):
        make_enrolment(everywhere, cohort)

    assert duplicates.suggestions(cast.trainer) == []
    assert duplicates.suggestions(cast.observer) == []
    assert len(duplicates.suggestions(cast.coordinator)) == 1
    assert len(duplicates.suggestions(cast.administrator)) == 6


@pytest.mark.django_db
def test_two_who_were_told_apart_are_not_suggested_again():
    cast = make_cast()
    pair = [make_person(legal_name="Раҳимова Нигина") for _ in range(2)]

    tell_apart(*pair, by=cast.administrator)

    assert duplicates.suggestions(cast.administrator) == []


@pytest.mark.django_db
def test_suggesting_asks_as_often_for_three_pairs_as_for_one():
    cast = make_cast()
    duplicates.suggestions(cast.coordinator)
    counts = []
    for names in (["Саидов Али"], ["Каримов Умед", "Каримова Мадина"]):
        for name in names * 2:
            make_enrolment(make_person(legal_name=name), cast.cohort)
        with CaptureQueriesContext(connection) as queries:
            duplicates.suggestions(cast.coordinator)
        counts.append(len(queries))

    assert counts[0] == counts[1]
