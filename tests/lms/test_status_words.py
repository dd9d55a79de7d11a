"""A status by its code or its name, in whatever language it was written."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from django.utils.translation import get_language

from lms.models import MarkStatus
from lms.status_words import status_named
from lms.statuses import letter_of, tone_of

OURS = [
    MarkStatus(code="present", credit=Decimal(1)),
    MarkStatus(code="late", credit=Decimal("0.5")),
    MarkStatus(code="left_early", credit=Decimal("0.5")),
    MarkStatus(code="excused", credit=Decimal(0), counts=False),
    MarkStatus(code="absent", credit=Decimal(0)),
]


@dataclass
class Made:
    """A status of a set that was made, with a name in each language."""

    code: str
    credit: Decimal
    counts: bool = True
    names: dict = field(default_factory=dict)

    def __str__(self):
        return self.names.get(get_language(), self.code)


THEIRS = [
    Made("here", Decimal(1), names={"en": "Was here", "ru": "Был", "tg": "Буд"}),
    Made("remote", Decimal("0.7"), names={"en": "By line", "ru": "По связи"}),
    Made("away", Decimal(0), names={"en": "Away", "ru": "Не был"}),
    Made("ill", Decimal(0), counts=False, names={"en": "Ill", "ru": "Болел"}),
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("present", "present"),
        ("  PRESENT ", "present"),
        ("Присутствует", "present"),
        ("ҳозир", "present"),
        ("П", "present"),
        ("+", "present"),
        ("Late", "late"),
        ("опоздание", "late"),
        ("Дер  омад", "late"),
        ("оп.", "late"),
        ("ОП", "late"),
        ("left early", "left_early"),
        ("left_early", "left_early"),
        ("ув", "excused"),
        ("Ув.", "excused"),
        ("у", "excused"),
        ("Уважительная причина", "excused"),
        ("-", "absent"),
        ("\N{EN DASH}", "absent"),
        ("\N{MINUS SIGN}", "absent"),
        ("Н", "absent"),
        ("ғоиб", "absent"),
    ],
)
def test_a_status_is_known_by_code_name_letter_and_paper_mark_in_any_language(
    text, code
):
    """ATT-36"""
    assert status_named(text, OURS).code == code


@pytest.mark.parametrize("text", ["", " ", ".", "perhaps", "пр", "++", "x" * 5000])
def test_what_is_no_word_for_a_status_means_none(text):
    """ATT-36"""
    assert status_named(text, OURS) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Was here", "here"),
        ("буд", "here"),
        ("+", "here"),
        ("remote", "remote"),
        ("по связи", "remote"),
        ("оп", "remote"),
        ("-", "away"),
        ("НЕ БЫЛ", "away"),
        ("ув", "ill"),
    ],
)
def test_a_set_that_was_made_is_known_by_its_own_names(text, code):
    """ATT-36"""
    assert status_named(text, THEIRS).code == code


def test_a_letter_two_statuses_share_means_neither():
    """ATT-36: "Б" is Был, Буд and Болел."""
    assert status_named("б", THEIRS) is None


def test_a_status_that_was_made_looks_like_what_it_counts():
    assert [(letter_of(one), tone_of(one)) for one in THEIRS] == [
        ("W", "done"),
        ("B", "late"),
        ("A", "decide"),
        ("I", "info"),
    ]
