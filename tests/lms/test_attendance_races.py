"""Several devices at one register in the same instant."""

from datetime import date, time, timedelta

import pytest

from lms.actions import attendance as actions
from lms.actions.attendance import Row
from lms.actions.series import change_series, plan_series
from lms.models import Mark, MarkEvent
from tests.factories import make_cohort, make_register
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_marking_one_person_from_many_devices_leaves_one_mark():
    """ATT-01"""
    session, [one, _], trainer = make_register()
    codes = ["present", "late", "absent", "excused"] * 2

    found = at_once(
        *(
            lambda code=code: actions.mark(
                session, enrolment=one, status_code=code, by=trainer
            )
            for code in codes
        )
    )

    assert [type(result) for result in found] == [Mark] * len(codes)
    [mark] = Mark.objects.filter(session=session)
    changes = MarkEvent.objects.filter(session=session)
    assert mark.version == changes.count()
    # Each change began where the one before it ended.
    steps = list(changes.order_by("pk").values_list("old", "new"))
    assert [old for old, _ in steps[1:]] == [new for _, new in steps[:-1]]


def test_of_many_sheets_with_the_same_stale_row_one_is_written():
    """ATT-04: the version is compared under the session's lock."""
    session, [one, _], trainer = make_register()
    actions.mark(session, enrolment=one, status_code="present", by=trainer)
    codes = ["late", "absent", "excused", "left_early"]

    found = at_once(
        *(
            lambda code=code: actions.save_register(
                session, rows=[Row(one.pk, code, version=1)], by=trainer
            )
            for code in codes
        )
    )

    assert sorted(saved.changed for saved in found) == [0, 0, 0, 1]
    assert sum(len(saved.conflicts) for saved in found) == 3
    assert Mark.objects.get(session=session).version == 2


def test_no_mark_slips_in_while_the_register_is_signed():
    """ATT-49"""
    session, [one, _], trainer = make_register()
    actions.mark_the_rest_present(session, by=trainer)

    signed, *marked = at_once(
        lambda: actions.sign_off_register(session, by=trainer),
        *(
            lambda: actions.mark(
                session, enrolment=one, status_code="absent", by=trainer
            )
            for _ in range(3)
        ),
    )

    last = MarkEvent.objects.filter(session=session).latest("pk")
    assert signed.register == "signed"
    assert {type(result) for result in marked} <= {Mark, actions.RegisterSigned}
    assert last.happened_at <= signed.signed_at


def test_changing_a_series_there_and_back_at_once_locks_nobody_out():
    """Each way steps through the sessions in its own order: the cohort goes first."""
    cohort = make_cohort(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))
    first_on, rule = date(2027, 3, 1), "FREQ=DAILY;COUNT=20"
    days = {"first_on": first_on, "local_time": time(9), "minutes": 60, "by": None}
    plan_series(cohort, rule=rule, **days)
    first = cohort.sessions.order_by("starts_at").first()

    found = at_once(
        lambda: change_series(
            first, which="all", by=None, local_date=first_on + timedelta(days=30)
        ),
        lambda: change_series(first, which="all", by=None, place="Hall"),
    )

    assert [len(changed) for changed in found] == [20, 20]
