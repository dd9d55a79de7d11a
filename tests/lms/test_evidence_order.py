"""Whatever comes in whatever order, the same marks; and every event is kept."""

from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from courses import clock
from lms.actions import attendance
from lms.actions.attendance import Row
from lms.actions.evidence import Evidence, record
from lms.actions.facts import facts_of, span_of
from lms.models import Mark, MarkEvent
from lms.settling import settle
from tests.factories import make_register, make_session

from .test_evidence import nonce

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:00+05:00")
    return make_register()


@pytest.fixture
def scene(scene_once, at, db):
    at("2026-10-12T09:05+05:00")
    return deepcopy(scene_once)


# What three devices and a file say of one person, at a minute of its own each.
SAYS = [
    ("A", {"source": "trainer", "kind": "set", "code": "present"}),
    ("A", {"source": "trainer", "kind": "set", "code": "absent"}),
    ("A", {"source": "trainer", "kind": "set", "code": ""}),
    ("A", {"source": "trainer", "kind": "remark", "remark": "bus"}),
    ("A", {"kind": "undo"}),
    ("B", {"source": "personal_code", "kind": "entry", "code": "present"}),
    ("B", {"source": "personal_code", "kind": "entry", "code": "late"}),
    ("B", {"source": "personal_code", "kind": "exit"}),
    ("B", {"kind": "undo"}),
    ("C", {"source": "trainer", "kind": "set", "code": "late", "minutes": 40}),
    ("C", {"source": "room_code", "kind": "set", "code": "present"}),
    ("C", {"kind": "undo"}),
    ("file", {"source": "import", "kind": "set", "code": "excused"}),
    ("file", {"source": "import", "kind": "set", "code": "late", "minutes": 20}),
]
LATER = timedelta(minutes=200)


def play(session, place, trainer, said, arrivals):
    """Tell each piece in the order of arrival; gives the mark and all the facts."""
    events = {}
    last_of = {}
    for number, (device, _fields) in enumerate(said):
        last_of.setdefault(device, []).append(number)
    with clock.stopped_at(session.starts_at + LATER):
        for number in arrivals:
            device, fields = said[number]
            fields = dict(fields)
            if fields["kind"] == "undo":
                # A device takes back what it said last.
                earlier = [one for one in last_of[device] if one < number]
                if not earlier or said[earlier[-1]][1]["kind"] == "undo":
                    continue
                target = events[earlier[-1]]
                fields |= {"about": target.pk, "source": target.source}
            piece = Evidence(
                enrolment_id=place.pk,
                device=f"{device} of {session.pk}",
                nonce=nonce(number + 1),
                happened_at=session.starts_at + timedelta(minutes=number * 7),
                **fields,
            )
            [outcome] = record(session, [piece], by=trainer)
            events[number] = outcome.event
    mark = Mark.objects.filter(session=session, enrolment=place).first()
    found = mark and (mark.status and mark.status.code, mark.minutes, mark.remark)
    return found or (None, None, ""), len(events)


@st.composite
def interleavings(draw):
    """What is said, and two orders of arrival that keep each device's own order."""
    said = draw(st.lists(st.sampled_from(SAYS), min_size=2, max_size=8))
    orders = []
    for _ in range(2):
        queues = {}
        for number, (device, _fields) in enumerate(said):
            queues.setdefault(device, []).append(number)
        order = []
        while queues:
            device = draw(st.sampled_from(sorted(queues)))
            order.append(queues[device].pop(0))
            if not queues[device]:
                del queues[device]
        orders.append(order)
    return said, orders


@examples(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=interleavings())
def test_whatever_the_order_of_arrival_the_mark_is_the_same(scene, told):
    """With every event kept, from three devices and a file."""
    session, [one, _], trainer = scene
    MarkEvent.objects.update(about=None)
    for model in (MarkEvent, Mark):
        model.objects.all().delete()
    other = getattr(session, "_beside", None) or make_session(
        session.cohort, local_date=session.local_date + timedelta(days=1)
    )
    session._beside = other

    said, [one_order, other_order] = told
    mark, kept = play(session, one, trainer, said, one_order)
    same, _kept = play(other, one, trainer, said, other_order)

    assert mark == same
    assert MarkEvent.objects.count() == 2 * kept


@examples(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    said=st.lists(
        st.sampled_from(SAYS[:4] + SAYS[5:8] + SAYS[9:11]), min_size=1, max_size=6
    ),
    codes=st.lists(st.sampled_from(["present", "late", "absent", ""]), max_size=6),
)
def test_the_registers_quick_way_comes_to_the_same_as_the_fold(scene, said, codes):
    """A trainer's save reads no history, and agrees with all of it."""
    session, [one, _], trainer = scene
    MarkEvent.objects.update(about=None)
    for model in (MarkEvent, Mark):
        model.objects.all().delete()
    for number, (device, fields) in enumerate(said):
        with clock.stopped_at(session.starts_at + timedelta(minutes=number)):
            piece = Evidence(enrolment_id=one.pk, device=device, **fields)
            record(session, [piece], by=trainer)
            for code in codes[number : number + 1]:
                mark = Mark.objects.filter(enrolment=one).first()
                row = Row(one.pk, code, mark.version if mark else 0, "seen")
                attendance.save_register(session, rows=[row], by=trainer)

    mark = Mark.objects.filter(enrolment=one).first()
    events = MarkEvent.objects.select_related("stated").order_by("pk")
    settled = settle(facts_of(events), span_of(session))

    shown = (mark.status, mark.minutes, mark.remark) if mark else (None, None, "")
    assert shown == (settled.status, settled.minutes, settled.remark)
