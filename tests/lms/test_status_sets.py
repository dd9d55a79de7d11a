"""Sets of statuses: made, changed, chosen, and what was marked by them kept."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.db.models import ProtectedError
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from lms.actions import attendance as marking
from lms.actions import status_sets as actions
from lms.actions.attendance import Row
from lms.actions.session_changes import StatusesInUse, change_session
from lms.actions.sessions import schedule
from lms.attendance import statuses_of
from lms.forms.register import RegisterForm
from lms.matrix import matrix_of
from lms.models import MarkStatus, StatusSet
from lms.standing import attendance_of
from tests.factories import make_register, make_user

from .statuses import FIELD_WORK

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(at):
    """A session of this morning that is taken with a set of our own."""
    at("2026-10-12T09:05+05:00")
    session, places, trainer = make_register()
    made = actions.make_status_set(title="Field work", rows=FIELD_WORK, by=trainer)
    change_session(session, by=trainer, status_set=made.key)
    session.refresh_from_db()
    return made, session, places, trainer


def worths(session):
    found = statuses_of(session).values()
    return [(one.code, one.credit, one.version) for one in found]


def edited(made, by, *, rows=FIELD_WORK, title="Field work", is_offered=True):
    return actions.change_status_set(
        made, title=title, is_offered=is_offered, rows=rows, by=by
    )


def later_than(session, by):
    """Another session of the cohort, a day later."""
    return schedule(
        session.cohort,
        local_date=session.local_date.replace(day=session.local_date.day + 1),
        local_time=session.local_time,
        minutes=90,
        by=by,
        status_set=session.status_set,
    )


def test_a_set_is_offered_in_its_order_with_its_names_in_the_readers_language(scene):
    _made, session, _places, _trainer = scene

    with override("ru"):
        in_russian = [str(one) for one in statuses_of(session).values()]

    assert in_russian == [
        "Весь день",
        "Полдня",
        "Released",
        "Не был",
        "Most of the day",
    ]


def test_the_register_has_the_first_four_at_hand_with_letters_and_tones(scene):
    _made, session, _places, _trainer = scene

    form = RegisterForm(session)

    assert [(c.code, c.letter, c.tone) for c in form.at_hand] == [
        ("whole_day", "W", "done"),
        ("half_day", "H", "late"),
        ("released", "R", "info"),
        ("away", "A", "decide"),
    ]
    assert [c.code for c in form.further] == ["most"]


def test_the_rest_present_is_the_status_that_counts_in_full(scene):
    _made, session, [one, two], trainer = scene
    rows = [Row(one.pk, "half_day")]

    marking.save_register(session, rows=rows, by=trainer, rest="present")

    codes = session.marks.order_by("enrolment_id").values_list(
        "status__code", flat=True
    )
    assert list(codes) == ["half_day", "whole_day"]
    assert [attendance_of(place).percent for place in (one, two)] == [50, 100]
    cells = [row.cells[-1] for row in matrix_of(session.cohort).rows]
    assert sorted(cell.word for cell in cells) == ["Half a day", "Whole day"]


def test_an_edit_holds_for_later_sessions_and_changes_no_mark(scene):
    """ATT-37: neither credit nor "counts" of a status in use ever changes."""
    made, session, [one, _], trainer = scene
    marking.mark(session, enrolment=one, status_code="half_day", by=trainer)
    fewer = [row for row in FIELD_WORK if row.code != "half_day"]
    dearer = [replace(row, credit=Decimal("0.25")) for row in FIELD_WORK[1:2]]

    edited(made, trainer, rows=[*fewer, *dearer])
    later = later_than(session, trainer)

    assert ("half_day", Decimal("0.500"), 1) in worths(session)
    assert ("half_day", Decimal("0.250"), 2) in worths(later)
    assert attendance_of(one).percent == 50


def test_a_status_in_use_stays_where_it_is_used_when_it_is_taken_out(scene):
    """ATT-37: it cannot be deleted, and who was not marked yet may still get it."""
    made, session, [one, two], trainer = scene
    marking.mark(session, enrolment=one, status_code="half_day", by=trainer)
    rows = [row for row in FIELD_WORK if row.code != "half_day"]

    edited(made, trainer, rows=rows)
    marking.mark(session, enrolment=two, status_code="half_day", by=trainer)

    assert "half_day" not in statuses_of(later_than(session, trainer))
    assert session.marks.filter(status__code="half_day", status__version=1).count() == 2
    with pytest.raises(ProtectedError):
        MarkStatus.objects.get(set=made.key, code="half_day").delete()


def test_a_session_without_marks_takes_the_new_statuses(scene):
    made, session, _places, trainer = scene

    edited(made, trainer, rows=FIELD_WORK[:4])

    assert list(statuses_of(session)) == ["whole_day", "half_day", "released", "away"]


def test_names_and_order_are_corrected_where_they_stand(scene):
    """No figure depends on them; a mark made before is told by the new name."""
    made, session, [one, _], trainer = scene
    marking.mark(session, enrolment=one, status_code="half_day", by=trainer)
    named = replace(FIELD_WORK[1], names={"en": "Half the day"})
    rows = [named, FIELD_WORK[0], *FIELD_WORK[2:]]

    edited(made, trainer, rows=rows)

    assert str(session.marks.get(enrolment=one).status) == "Half the day"
    assert next(iter(statuses_of(session))) == "half_day"
    assert set(MarkStatus.objects.filter(set=made.key).values_list("version")) == {(1,)}


def test_who_read_the_old_statuses_before_the_commit_forgets_them_after_it(
    scene, django_capture_on_commit_callbacks
):
    """Another process asks in the middle of the change."""
    made, session, _places, trainer = scene
    statuses_of(session)
    key = f"mark-statuses:{made.key}"
    old = cache.get(key)

    with django_capture_on_commit_callbacks(execute=True):
        edited(made, trainer, rows=FIELD_WORK[:4])
        cache.set(key, old)

    assert list(statuses_of(session)) == ["whole_day", "half_day", "released", "away"]


def test_saving_what_is_there_already_writes_nothing(scene):
    made, _session, _places, trainer = scene
    before = ModelLogEntry.objects.count()

    edited(made, trainer)

    assert ModelLogEntry.objects.count() == before
    assert MarkStatus.objects.filter(set=made.key).count() == len(FIELD_WORK)


def test_every_change_is_logged_once(scene):
    made, _session, _places, trainer = scene

    edited(made, trainer, title="Days outside", is_offered=False)

    entries = ModelLogEntry.objects.for_instance(made).order_by("pk")
    assert [(one.action, one.user, one.data) for one in entries] == [
        ("lms.make_status_set", trainer, {}),
        ("lms.change_status_set", trainer, {"fields": ["title", "is_offered"]}),
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([FIELD_WORK[0], FIELD_WORK[0]], "The code “whole_day” stands twice."),
        ([replace(FIELD_WORK[0], names={})], "The status “whole_day” has no name."),
        (FIELD_WORK[1:], "One status must count in full, for who was simply there."),
    ],
)
def test_statuses_without_which_no_register_is_taken_are_refused(rows, why):
    with pytest.raises(actions.StatusesUnclear, match=why):
        actions.make_status_set(title="Odd", rows=rows, by=None)

    assert not StatusSet.objects.exists()


def test_two_sets_do_not_have_one_title(scene):
    with pytest.raises(actions.TitleTaken):
        actions.make_status_set(title="Field work ", rows=FIELD_WORK, by=None)


def test_a_session_with_marks_keeps_its_set(scene):
    """ATT-37"""
    _made, session, [one, _], trainer = scene
    marking.mark(session, enrolment=one, status_code="away", by=trainer)

    with pytest.raises(StatusesInUse):
        change_session(session, by=trainer, status_set="default")


def test_sessions_take_the_set_of_their_cohort(scene):
    made, session, _places, _trainer = scene
    cohort = session.cohort
    cohort.status_set = made.key
    cohort.save()

    planned = schedule(
        cohort,
        local_date=session.local_date.replace(day=session.local_date.day + 2),
        local_time=session.local_time,
        minutes=90,
        by=make_user(),
    )

    assert planned.status_set == made.key
