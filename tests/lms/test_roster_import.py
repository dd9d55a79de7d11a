"""The dry run of a list and its application, from the files as they arrived."""

from collections import Counter
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.actions import roster as actions
from lms.actions.enrolment import CohortClosed, CohortFull, withdraw
from lms.actions.people import change_person
from lms.actions.roster_plan import NoNames
from lms.models import ColumnMapping, Enrolment, Organisation, Person
from lms.roster.listing import Column, Roster
from lms.roster.matching import SOMEBODY_ELSE, Outcome
from lms.roster.rows import Row
from lms.roster_words import happening
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_organisation,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[1] / "data"
KHUJAND = DATA / "roster-khujand-2026-10.csv"
CONSULATES = DATA / "roster-consulates-2026-11.xlsx"
LOST = DATA / "roster-khujand-2026-10-cp1251.csv"


def row(number=2, name="Раҳимова Гулнора", **fields):
    return Row(key=str(number), sheet="", number=number, name=name, **fields)


def roster(*rows):
    return Roster(rows=list(rows), columns=[Column("Name", "name")])


def outcomes(dry_run):
    return [line.outcome for line in dry_run.lines]


def keep(cohort, path=KHUJAND, **fields):
    return actions.keep_upload(
        cohort, data=path.read_bytes(), name=path.name, **{"by": None} | fields
    )


def command(*args):
    out = StringIO()
    call_command("import_roster", *map(str, args), stdout=out)
    return out.getvalue()


def test_the_command_shows_the_khujand_list_and_changes_nothing():
    cohort = make_cohort()

    said = command(KHUJAND, "--cohort", cohort.code)

    assert "Line 17: Алимова Саодат: Named above already, on line 14" in said
    assert said.count("Warning: ") == 3
    assert "Warning: “not-an-email” is not an e-mail address" in said
    assert "Warning: The sex is missing." in said
    assert "Warning: “эксперт” is not known as an audience" in said
    assert "3 lines carry a warning." in said
    assert "With --apply 19 people are enrolled" in said
    assert not Person.objects.exists()


def test_the_command_enrols_nineteen_people_once():
    cohort = make_cohort()
    make_user(username="nigina")

    first = command(KHUJAND, "--cohort", cohort.code, "--apply", "--by", "nigina")
    second = command(KHUJAND, "--cohort", cohort.code, "--apply")

    assert f"19 people were enrolled in {cohort.code}." in first
    assert "Nothing changed: nobody on this list was left to enrol." in second
    assert cohort.enrolments.count() == Person.objects.count() == 19


def test_what_was_not_understood_stays_empty():
    cohort = make_cohort()

    command(KHUJAND, "--cohort", cohort.code, "--apply")

    expert = Person.objects.get(email="b.kholmatov@example.tj")
    officer = Person.objects.get(legal_name="Собиров Шуҳрат")
    nosex = Person.objects.get(email="m.tojiboeva@example.tj")
    assert (expert.audience, officer.email, nosex.sex) == ("", "", "")


def test_the_workbook_gives_six_people_and_its_notes_are_ignored():
    cohort = make_cohort()

    said = command(CONSULATES, "--cohort", cohort.code, "--apply")

    assert "Sheets without people, ignored: Notes." in said
    assert "The list has no column for the audience" in said
    assert "6 people were enrolled" in said
    assert Counter(cohort.enrolments.values_list("sex", "region", "audience")) == {
        ("m", "abroad", ""): 3,
        ("f", "abroad", ""): 3,
    }


def test_the_command_says_the_audience_of_a_list_without_the_column():
    cohort = make_cohort()

    command(CONSULATES, "--cohort", cohort.code, "--audience", "consulate", "--apply")

    assert set(cohort.enrolments.values_list("audience", flat=True)) == {"consulate"}


def test_a_list_with_lost_letters_is_refused_as_a_whole():
    cohort = make_cohort()

    with pytest.raises(CommandError, match="Letters are lost") as refused:
        command(LOST, "--cohort", cohort.code, "--apply")

    assert refused.value.returncode == 1
    assert not Person.objects.exists()


def test_the_command_names_a_cohort_or_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="no cohort “nowhere”"):
        command(KHUJAND, "--cohort", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        command(tmp_path / "none.csv", "--cohort", make_cohort().code)


def test_somebody_is_known_by_e_mail_whatever_its_capitals():
    """EN-09"""
    known = make_person(email="nigina@example.org", legal_name="Раҳимова Нигина")
    listed = roster(row(name="Раҳимова Нигина", email="nigina@example.org"))

    dry_run = actions.plan(listed, cohort=make_cohort())

    assert [(m.outcome, m.person) for m in dry_run.lines] == [(Outcome.KNOWN, known.pk)]


def test_an_address_of_somebody_with_another_name_is_said():
    """EN-09"""
    make_person(email="office@example.org", legal_name="Қосимов Фирдавс")
    listed = roster(row(email="office@example.org"))

    [line] = actions.plan(listed, cohort=make_cohort()).lines

    assert line.outcome == Outcome.KNOWN
    assert "another name" in line.warnings[0]


def test_a_name_within_an_organisation_only_suggests():
    """EN-09: nobody is matched by name until somebody says so."""
    academy = make_organisation(name="ОО «Умед»")
    known = make_person(legal_name="Алёхина  Вера", organisation=academy, email="")
    cohort = make_cohort()
    listed = roster(row(name="алехина вера", organisation='оо "умед"'))

    dry_run = actions.plan(listed, cohort=cohort)
    applied = actions.apply(dry_run, by=None)

    assert outcomes(dry_run) == [Outcome.SUGGESTED]
    assert [c.pk for c in dry_run.lines[0].candidates] == [known.pk]
    assert applied.enrolled == []


def test_a_suggestion_is_taken_or_turned_down_by_a_person():
    """EN-09"""
    known = make_person(legal_name="Алимова Саодат", organisation=None, email="")
    listed = roster(row(name="Алимова Саодат"))
    one, other = make_cohort(), make_cohort()

    same = actions.plan(listed, cohort=one, decisions={"2": known.pk})
    another = actions.plan(listed, cohort=other, decisions={"2": SOMEBODY_ELSE})
    actions.apply(same, by=None)
    actions.apply(another, by=None)

    assert one.enrolments.get().person == known
    assert other.enrolments.get().person != known


def test_a_decision_for_somebody_who_was_not_suggested_counts_for_nothing():
    make_person(legal_name="Алимова Саодат", organisation=None, email="")
    stranger = make_person()
    listed = roster(row(name="Алимова Саодат"))

    dry_run = actions.plan(listed, cohort=make_cohort(), decisions={"2": stranger.pk})

    assert outcomes(dry_run) == [Outcome.SUGGESTED]


def test_tajik_letters_tell_people_apart():
    make_person(legal_name="Рахимова Гулнора", organisation=None, email="")

    dry_run = actions.plan(roster(row()), cohort=make_cohort())

    assert outcomes(dry_run) == [Outcome.NEW]


def test_one_address_for_two_names_stays_with_the_first():
    listed = roster(
        row(2, "Раҳимова Гулнора", email="office@example.org"),
        row(3, "Қосимов Фирдавс", email="office@example.org"),
    )
    cohort = make_cohort()

    first = actions.apply(actions.plan(listed, cohort=cohort), by=None)
    second = actions.apply(actions.plan(listed, cohort=cohort), by=None)

    assert "stands on line 2" in first.plan.lines[1].warnings[0]
    assert Person.objects.get(legal_name="Қосимов Фирдавс").email == ""
    assert second.enrolled == []


def test_two_namesakes_with_different_phones_are_two_people_and_stay_two():
    listed = roster(
        row(2, "Назаров Искандар", phone="+992000001105"),
        row(3, "Назаров Искандар", phone="+992000001106"),
        row(4, "Назаров Искандар", phone="+992000001106"),
    )
    cohort = make_cohort()

    actions.apply(actions.plan(listed, cohort=cohort), by=None)
    again = actions.plan(listed, cohort=cohort)

    assert cohort.enrolments.count() == 2
    assert outcomes(again) == [Outcome.ENROLLED, Outcome.ENROLLED, Outcome.REPEATED]


def test_the_place_keeps_what_the_list_said_when_the_person_changes():
    """EN-15: organisation, audience, sex and region are those of the list."""
    cohort = make_cohort()
    command(KHUJAND, "--cohort", cohort.code, "--apply")
    person = Person.objects.get(email="a.saidzoda@example.org")

    change_person(
        person, by=None, region="drs", sex="f", organisation=make_organisation()
    )

    place = cohort.enrolments.get(person=person)
    assert (place.audience, place.sex, place.region, place.organisation.name) == (
        "consulate",
        "m",
        "abroad",
        "Консульство РТ",
    )


def test_a_list_completes_what_is_unknown_of_a_person_but_never_the_address():
    known = make_person(legal_name="Раҳимова Гулнора", email="", sex="", phone="1")
    listed = roster(row(email="new@example.org", sex="f", phone="+992000001101"))
    cohort = make_cohort()

    actions.apply(
        actions.plan(listed, cohort=cohort, decisions={"2": known.pk}), by=None
    )

    known.refresh_from_db()
    assert (known.sex, known.email, known.phone) == ("f", "", "1")


def test_the_dry_run_says_what_a_list_would_add_to_somebody_known():
    make_person(email="n@example.org", legal_name="Раҳимова Гулнора", phone="", sex="")
    listed = roster(row(email="n@example.org", sex="f", phone="+992000001101"))

    [line] = actions.plan(listed, cohort=make_cohort()).lines

    assert happening(line).endswith("the list adds: sex, phone")


def test_whoever_was_withdrawn_is_not_enrolled_again_by_a_list():
    cohort = make_cohort()
    place = make_enrolment(make_person(email="n@example.org"), cohort)
    withdraw(place, by=None, reason="Moved away")
    listed = roster(row(name=place.person.legal_name, email="n@example.org"))

    applied = actions.apply(actions.plan(listed, cohort=cohort), by=None)

    assert outcomes(applied.plan) == [Outcome.ENDED]
    place.refresh_from_db()
    assert place.status == Enrolment.Status.WITHDRAWN


def test_a_list_longer_than_the_seats_enrols_nobody():
    cohort = make_cohort(capacity=18)
    upload = keep(cohort)

    with pytest.raises(CohortFull, match=r"needs 19 seats .* has 18 left"):
        actions.apply(upload, by=None)

    assert not cohort.enrolments.exists()
    assert not Person.objects.exists()


def test_nobody_is_enrolled_in_a_cancelled_cohort():
    cohort = make_cohort(status="cancelled")

    with pytest.raises(CohortClosed):
        actions.apply(actions.plan(roster(row()), cohort=cohort), by=None)


def test_a_list_without_a_column_of_names_says_so():
    listed = replace(roster(row()), columns=[Column("Who", "")])

    with pytest.raises(NoNames):
        actions.apply(actions.plan(listed, cohort=make_cohort()), by=None)


def test_a_kept_list_is_applied_once_and_its_file_goes(
    django_capture_on_commit_callbacks,
):
    upload = keep(make_cohort())
    name = upload.file.name

    with django_capture_on_commit_callbacks(execute=True):
        first = actions.apply(upload, by=None)
    second = actions.apply(upload, by=None)

    upload.refresh_from_db()
    assert (len(first.enrolled), second.enrolled) == (19, [])
    assert upload.result == {
        "repeated": ["17"],
        "refused": [],
        "ended": [],
        "suggested": [],
        "unprepared": [],
        "new_places": 19,
        "new_people": 19,
        "before": 0,
    }
    assert not storages["private"].exists(name)


def test_an_organisations_columns_are_remembered():
    academy = make_organisation()
    upload = keep(make_cohort(), organisation=academy)

    actions.choose_columns(upload, columns={"Должность": ""}, by=None)
    next_upload = keep(make_cohort(), organisation=academy)

    assert ColumnMapping.objects.get().columns == {"должность": ""}
    assert {r.position for r in actions.plan(next_upload).roster.rows} == {""}


def test_organisations_are_added_once_whatever_their_quotation_marks():
    make_organisation(name='ОО "УМЕД"')
    listed = roster(
        row(2, "Алимова Саодат", organisation="ОО «Умед»"),
        row(3, "Юсуфӣ Парвиз", organisation="Суд г. Худжанд"),
        row(4, "Назаров Искандар", organisation="суд г.  Худжанд"),
    )

    actions.apply(actions.plan(listed, cohort=make_cohort()), by=None)

    assert set(Organisation.objects.values_list("name", flat=True)) == {
        'ОО "УМЕД"',
        "Суд г. Худжанд",
    }


@pytest.mark.parametrize("count", [1, 300])
def test_a_dry_run_asks_as_many_questions_for_one_line_as_for_three_hundred(count):
    cohort = make_cohort()
    listed = roster(
        *(row(n, f"Раҳимова {n}", email=f"p{n}@example.org") for n in range(count))
    )

    make_person(legal_name="Раҳимова 0", organisation=None)

    with CaptureQueriesContext(connection) as queries:
        actions.plan(listed, cohort=cohort)

    # Five about the list, one for what the edition asks before.
    assert len(queries) == 6
