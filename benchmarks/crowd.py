"""Up to a million enrolments within a minute: rows copied inside the database.

Eight years of cohorts of twenty-five, their days spread over all of them; three places
a person, five of six completed. What is counted is worked out from the row's number,
so that both databases hold the same.
"""

from datetime import date, timedelta

from django.db import connection

from courses.models import Audience
from lms.models import Cohort, Enrolment, Organisation, Person, Region, Sex
from tests.factories import (
    make_donor,
    make_enrolment,
    make_organisation,
    make_person,
    make_project,
)

FIRST_DAY = date(2019, 1, 1)
YEARS = range(2019, 2027)
DAYS = (date(2027, 1, 1) - FIRST_DAY).days
IN_A_COHORT = 25
PLACES_OF_A_PERSON = 3
ORGANISATIONS = 2000
FIRST = 1000
# Noon in Dushanbe, on the day the cohort ends.
NOON = {
    "sqlite": "cohort.ends_on || ' 07:00:00'",
    "postgresql": "cohort.ends_on + time '07:00'",
}


class Crowd:
    """Grows from one size to the next; nothing is made twice."""

    def __init__(self):
        self.size = 0
        self.donors = [make_donor() for _ in range(4)]
        self.projects = [make_project() for _ in range(4)]
        self.enrolment = make_enrolment(make_person(), active_from=None)
        sectors = {"sector": _one_of("i", Audience.values)}
        _copy(make_organisation(), 0, ORGANISATIONS, sectors | {"name": "'O' || i"})

    def grow(self, size: int) -> None:
        before, self.size = self.size, size
        self._people(before // PLACES_OF_A_PERSON, size // PLACES_OF_A_PERSON)
        self._cohorts(before // IN_A_COHORT, size // IN_A_COHORT)
        self._places(before, size)

    def _people(self, before: int, after: int) -> None:
        fields = {
            "email": "''",
            "sex": _one_of("i / 3", [*Sex.values, ""]),
            "region": _one_of("i / 7", Region.values),
            "organisation_id": f"{FIRST} + i % {ORGANISATIONS}",
        }
        _copy(self.enrolment.person, before, after, fields)

    def _cohorts(self, before: int, after: int) -> None:
        edition = self.enrolment.cohort.edition
        made = [
            Cohort(
                pk=FIRST + i,
                edition=edition,
                code=f"crowd-{i}",
                title=f"Cohort {i}",
                project=self.projects[i % 4],
                starts_on=FIRST_DAY,
                ends_on=FIRST_DAY + timedelta(days=i * 1009 % DAYS),
            )
            for i in range(before, after)
        ]
        Cohort.objects.bulk_create(made, batch_size=1000)
        through = Cohort.donors.through
        paid = [
            through(cohort_id=cohort.pk, donor=self.donors[cohort.pk % 4])
            for cohort in made
        ]
        through.objects.bulk_create(paid, batch_size=1000)

    def _places(self, before: int, after: int) -> None:
        people = after // PLACES_OF_A_PERSON
        fields = {
            "id": f"{FIRST} + i",
            "cohort_id": "cohort.id",
            "person_id": "person.id",
            "status": "CASE WHEN i % 6 = 0 THEN 'withdrawn' ELSE 'completed' END",
            "completed_on": "cohort.ends_on",
            "completed_at": NOON[connection.vendor],
            "audience": "organisation.sector",
            "sex": "person.sex",
            "region": "person.region",
            "organisation_id": "organisation.id",
        }
        joins = f"""
            JOIN lms_cohort cohort ON cohort.id = {FIRST} + i / {IN_A_COHORT}
            JOIN lms_person person ON person.id = {FIRST} + i * 7919 % {people}
            JOIN lms_organisation organisation
                ON organisation.id = person.organisation_id
        """
        _copy(self.enrolment, before, after, fields, joins)


def _one_of(number: str, values: list[str]) -> str:
    """SQL for the value whose turn it is."""
    turns = " ".join(f"WHEN {turn} THEN '{value}'" for turn, value in enumerate(values))
    return f"CASE ({number}) % {len(values)} {turns} END"


def _copy(
    row, before: int, after: int, fields: dict[str, str], joins: str = ""
) -> None:
    """Copies of a row, numbered i; what differs is said in SQL, column by column."""
    table = row._meta.db_table
    differing = {"id": f"{FIRST} + i"} | fields
    columns = [field.column for field in row._meta.concrete_fields]
    values = [differing.get(column, f"model.{column}") for column in columns]
    statement = f"""
        WITH RECURSIVE n(i) AS (
            SELECT CAST(%s AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %s
        )
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {", ".join(values)} FROM n {joins} JOIN {table} model ON model.id = %s
    """  # noqa: S608 - names of models and this file's own words
    statement = statement.replace("% ", "%% ")
    with connection.cursor() as cursor:
        cursor.execute(statement, [before, after, row.pk])


def settle() -> None:
    """What PostgreSQL does by itself some minutes after so many rows have come."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Enrolment, Person, Cohort, Organisation):
                cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
