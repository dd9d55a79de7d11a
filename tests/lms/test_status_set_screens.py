"""Where a set of statuses is written, and where it is chosen."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.actions.status_sets import Row, make_status_set
from lms.models import MarkStatus, StatusSet
from tests.factories import make_session

from .statuses import FIELD_WORK

pytestmark = pytest.mark.django_db

ADD = "lms_status_sets:add"


@pytest.fixture
def coordinator(client, cast):
    """Signed in; gives the session of their cohort."""
    client.force_login(cast.coordinator)
    return cast.session


def written(rows, **fields):
    """The form as the browser sends it."""
    data = {"title": "Field work", "statuses-count": str(len(rows))} | fields
    for number, row in enumerate(rows):
        before = f"statuses-{number}"
        data |= {
            f"{before}-deleted": "",
            f"{before}-order": str(number),
            f"{before}-type": "status",
            f"{before}-id": "",
            f"{before}-value-code": row.code,
            f"{before}-value-percent": f"{(row.credit * 100).normalize():f}",
            f"{before}-value-until_minutes": str(row.until_minutes or ""),
        }
        if row.counts:
            data[f"{before}-value-counts"] = "on"
        for language in ("en", "ru", "tg"):
            name = row.names.get(language, "")
            data[f"{before}-value-names-name_{language}"] = name
    return data


def kept(made):
    return [
        (one.code, one.names, one.credit, one.counts, one.until_minutes)
        for one in made.statuses()
    ]


def test_a_coordinator_makes_a_set_that_begins_as_a_copy_of_the_usual_one(
    client, coordinator
):
    page = client.get(reverse(ADD)).content.decode()

    answer = client.post(reverse(ADD), written(FIELD_WORK))

    # The first four are at hand in a register of it, as in one of the usual set.
    found = re.findall(r"&quot;code&quot;: &quot;(\w+)&quot;", page)
    assert found == ["present", "late", "excused", "absent", "left_early"]
    assert answer.status_code == 302
    made = StatusSet.objects.get()
    assert kept(made) == [
        (row.code, row.names, row.credit, row.counts, row.until_minutes)
        for row in FIELD_WORK
    ]


def test_what_no_register_could_be_taken_with_is_said_and_nothing_is_lost(
    client, coordinator
):
    answer = client.post(reverse(ADD), written(FIELD_WORK[1:]))

    page = answer.content.decode()
    assert "One status must count in full" in page
    assert "Half a day" in page
    assert not StatusSet.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statuses-0-value-code", "Весь день"),
        ("statuses-0-value-percent", "101"),
        ("statuses-0-value-percent", "a lot"),
        ("statuses-1-value-until_minutes", "-5"),
        ("statuses-count", "1"),
        ("title", ""),
    ],
)
def test_what_is_not_understood_is_refused(client, coordinator, field, value):
    data = written(FIELD_WORK) | {field: value}

    answer = client.post(reverse(ADD), data)

    assert answer.status_code == 200
    assert not MarkStatus.objects.exclude(set="default").exists()


def test_an_edit_makes_a_version(client, coordinator):
    made = make_status_set(title="Field work", rows=FIELD_WORK, by=None)
    url = reverse("lms_status_sets:edit", args=[made.pk])
    page = client.get(url).content.decode()

    answer = client.post(url, written(FIELD_WORK[:3], is_offered="on"))

    assert "whole_day" in page
    assert answer.status_code == 302
    assert [row.version for row in made.statuses()] == [2, 2, 2]
    assert MarkStatus.objects.filter(set=made.key, version=1).count() == 5


def test_a_set_is_chosen_for_a_session_and_only_where_one_was_made(client, coordinator):
    url = reverse("lms:session_edit", args=[coordinator.pk])
    before = client.get(url).content.decode()

    made = make_status_set(title="Field work", rows=FIELD_WORK, by=None)
    page = client.get(url).content.decode()

    assert 'name="status_set"' not in before
    assert f'<option value="{made.key}">Field work</option>' in page


def test_what_is_offered_no_more_stays_where_it_was_chosen(client, coordinator):
    made = make_status_set(title="Field work", rows=FIELD_WORK, by=None)
    StatusSet.objects.update(is_offered=False)
    other = make_session(coordinator.cohort, status_set=made.key)

    def offered(session):
        page = client.get(reverse("lms:session_edit", args=[session.pk]))
        return made.key in page.content.decode()

    assert [offered(coordinator), offered(other)] == [False, True]


def test_a_credit_is_kept_to_the_thousandth(client, coordinator):
    third = Row("third", Decimal("0.333"), {"en": "A third"})

    client.post(reverse(ADD), written([FIELD_WORK[0], third]))

    assert [row.credit for row in StatusSet.objects.get().statuses()] == [
        Decimal(1),
        Decimal("0.333"),
    ]


def test_the_list_names_the_statuses_in_one_query_for_any_number(client, coordinator):
    counts = []
    for number in range(3):
        make_status_set(title=f"Set {number}", rows=FIELD_WORK, by=None)
        address = reverse("lms_status_sets:index")
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            page = client.get(address).content.decode()
        counts.append(len(seen))

    assert "Whole day, Half a day, Released, Away, Most of the day" in page
    assert counts[0] == counts[2]
