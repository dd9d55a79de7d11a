"""Records move to another database as they are, and never over somebody else's."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from lms import roles
from lms.actions.records import record_models
from lms.models import Cohort, MarkStatus, Person, Response
from tests.access_cast import empty_storage, make_rows
from tests.factories import make_donor, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """Something of nearly every kind."""
    yield make_rows()
    empty_storage()


def empty():
    """As a database that has its content and no record."""
    tables = {m._meta.db_table for m in record_models()} | {
        field.m2m_db_table()
        for m in record_models()
        for field in m._meta.local_many_to_many
    }
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of ours


def test_records_come_back_byte_by_byte(rows, tmp_path):
    """PR-10"""
    first, second = tmp_path / "first", tmp_path / "second"
    authors = Group.objects.create(name="Authors: of a course here")
    rows.trainer.groups.add(authors)
    rows.cohort.donors.set([make_donor(name="B"), make_donor(name="A")])
    call_command("export_records", first, verbosity=0)
    answers = Response.objects.count()
    empty()
    authors.delete()

    call_command("import_records", first)
    call_command("export_records", second)

    assert second.read_bytes() == first.read_bytes()
    assert Response.objects.count() == answers > 0
    assert roles.groups_of(rows.trainer) >= {authors.name, roles.TRAINERS}
    assert first.stat().st_mode & 0o077 == 0


def test_a_site_with_people_is_refused_and_stays(tmp_path):
    """PR-10"""
    file = tmp_path / "records"
    call_command("export_records", file)
    make_person()

    with pytest.raises(CommandError, match="already"):
        call_command("import_records", file)

    assert Person.objects.count() == 1


@pytest.mark.parametrize("line", ["{", "{}", '{"model": "auth.group"}', "[]"])
def test_a_file_of_something_else_changes_nothing(line, tmp_path):
    """PR-10: in words, and with the line."""
    file = tmp_path / "records"
    file.write_text(line)
    before = MarkStatus.objects.count()

    with pytest.raises(CommandError, match="Line 1 is not a record"):
        call_command("import_records", file)

    assert MarkStatus.objects.count() == before > 0
    assert not Cohort.objects.exists()
