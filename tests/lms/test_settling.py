"""What a mark comes to, whatever came first; no database."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.settling import Fact, Settled, Span, minutes_between, settle

NINE = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
SPAN = Span(NINE, NINE + timedelta(minutes=90))


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def fact(number, minute, **fields):
    given_fields = {"kind": "set", "source": "trainer"} | fields
    return Fact(key=("", number), happened_at=at(minute), **given_fields)


def outcome(*facts):
    settled = settle(facts, SPAN)
    return settled.status, settled.source, settled.minutes


def test_nothing_said_is_no_mark():
    assert settle([], SPAN) == Settled()


def test_of_a_trainers_words_the_latest_counts():
    early, late = fact(1, 10, status="absent"), fact(2, 20, status="late")

    assert outcome(late, early) == ("late", "trainer", None)


def test_a_code_never_beats_a_trainer_however_late_it_comes():
    """ATT-18"""
    by_hand = fact(1, 10, status="absent")
    by_code = fact(2, 20, source="room_code", status="present")

    assert outcome(by_hand, by_code) == ("absent", "trainer", None)


@pytest.mark.parametrize(
    ("sources", "strongest"),
    [
        (["import", "room_code", "personal_code", "trainer"], "trainer"),
        (["import", "room_code", "personal_code"], "personal_code"),
        (["import", "room_code"], "room_code"),
    ],
)
def test_the_stronger_evidence_wins(sources, strongest):
    """ATT-47"""
    facts = [
        fact(number, number, source=source, status=source)
        for number, source in enumerate(sources)
    ]

    assert {settle(order, SPAN).status for order in (facts, facts[::-1])} == {strongest}


def test_of_two_scans_the_earliest_arrival_wins():
    """ATT-29"""
    first = fact(1, 2, kind="entry", source="personal_code", status="present")
    second = fact(2, 20, kind="entry", source="personal_code", status="late")

    assert settle([second, first], SPAN).decided == first


def test_of_two_files_the_later_one_corrects_the_earlier():
    first = fact(1, 100, source="import", status="late", minutes=30)
    second = fact(2, 200, source="import", status="present", minutes=80)

    assert outcome(second, first) == ("present", "import", 80)


def test_what_is_undone_counts_no_more():
    """ATT-30"""
    code = fact(1, 2, source="room_code", status="present")
    by_hand = fact(2, 5, status="absent", remark="not seen")
    back = fact(3, 6, kind="undo", about=by_hand.key)

    settled = settle([back, by_hand, code], SPAN)

    assert (settled.status, settled.remark) == ("present", "")


def test_what_waits_counts_once_it_is_accepted():
    """ATT-28"""
    forced = fact(1, 2, kind="entry", source="personal_code", status="late", waits=True)
    yes = fact(2, 60, kind="accept", about=forced.key)
    back = fact(3, 70, kind="undo", about=yes.key)

    said = [settle(facts, SPAN).status for facts in ([forced], [yes, forced])]

    assert [*said, settle([back, yes, forced], SPAN).status] == [None, "late", None]


def test_a_trainers_no_mark_begins_anew():
    """What the codes say afterwards counts, what they had said does not."""
    before = fact(1, 1, kind="entry", source="personal_code", status="present")
    none = fact(2, 5, status=None)
    after = fact(3, 20, source="room_code", status="late")

    assert outcome(before, none) == (None, "trainer", None)
    assert outcome(after, none, before) == ("late", "room_code", None)


def test_a_remark_is_no_mark():
    """ATT-38"""
    settled = settle([fact(1, 3, kind="remark", remark="rang up")], SPAN)

    assert (settled.status, settled.remark) == (None, "rang up")


@pytest.mark.parametrize(
    ("visits", "minutes"),
    [
        ([], None),
        ([(0, 90)], 90),
        ([(-30, 200)], 90),
        ([(0, 30), (60, 90)], 60),
        ([(0, 50), (40, 60), (45, 48)], 60),
        ([(95, 120)], 0),
    ],
)
def test_minutes_are_those_within_the_session_each_once(visits, minutes):
    """ATT-32"""
    times = [(at(came), at(left)) for came, left in visits]

    assert minutes_between(times, SPAN) == minutes


def test_who_never_left_stayed_to_the_end():
    """ATT-31"""
    entry = fact(1, 30, kind="entry", source="personal_code", status="late")
    out = fact(2, 50, kind="exit", source="personal_code")

    assert outcome(entry)[2] == 60
    assert outcome(out, entry)[2] == 20


def test_an_exit_without_an_entry_changes_nothing():
    """ATT-31"""
    assert outcome(fact(1, 50, kind="exit", source="personal_code")) == (
        None,
        "trainer",
        None,
    )


def test_minutes_a_trainer_states_are_stronger_than_what_was_measured():
    entry = fact(1, 0, kind="entry", source="personal_code", status="present")
    said = fact(2, 70, status="left_early", minutes=45)

    assert outcome(entry, said) == ("left_early", "trainer", 45)


statuses = st.sampled_from(["present", "late", "absent", None])
sources = st.sampled_from(["import", "room_code", "personal_code", "trainer"])
kinds = st.sampled_from(["set", "set", "entry", "exit", "remark", "undo", "accept"])


@st.composite
def histories(draw):
    """Facts of one person; some undo or accept what came before them."""
    facts = []
    for number in range(draw(st.integers(1, 12))):
        kind, source = draw(kinds), draw(sources)
        about = None
        if kind in ("undo", "accept"):
            if not facts:
                continue
            about = draw(st.sampled_from(facts)).key
        facts.append(
            fact(
                number,
                draw(st.integers(-10, 100)),
                kind=kind,
                source=source,
                status=draw(statuses) if kind in ("set", "entry") else None,
                minutes=draw(st.none() | st.integers(0, 90)) if kind == "set" else None,
                remark=draw(st.sampled_from(["", "bus"])),
                about=about,
                waits=draw(st.booleans()) if kind == "entry" else False,
            )
        )
    return facts


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(facts, chance: random.Random):
    shuffled = list(facts)
    chance.shuffle(shuffled)

    assert settle(shuffled, SPAN) == settle(facts, SPAN)


@given(histories())
def test_saying_all_of_it_twice_changes_nothing(facts):
    """ATT-26, where a device sends again what had come."""
    assert settle({*facts, *map(replace, facts)}, SPAN) == settle(facts, SPAN)
