"""CE-25: what workers that issue side by side would get in each other's way with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.index import get_indexed_models

from certificates.actions.issuing import issue
from tests.factories import make_user

from .builders import make_completed

pytestmark = pytest.mark.django_db


def test_issuing_saves_nothing_that_the_search_indexes():
    """The index has a row for each object, and two workers that write it collide."""
    place, by = make_completed(), make_user()

    with CaptureQueriesContext(connection) as found:
        issue(place, by=by)

    changes = ("INSERT INTO", "UPDATE", "DELETE FROM")
    written = [one["sql"] for one in found if one["sql"].startswith(changes)]
    indexed = {model._meta.db_table for model in get_indexed_models()}
    indexed |= {"wagtailsearch_indexentry", "modelsearch_indexentry"}
    assert written
    assert [
        sql for sql in written for table in indexed if f'"{table}"' in sql.split("(")[0]
    ] == []
