from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock, TextBlock

from .base import (
    Accepted,
    Answer,
    Key,
    Kind,
    NotAnAnswer,
    Posed,
    Question,
    Words,
    opaque,
    parts_of,
    policy_of,
    share_of,
)
from .pieces import Option, Row, Rows, help_of, paired
from .registry import register

CASE = TextBlock(
    icon="doc-full",
    label=_("What happens (invented)"),
    group=_("Case with questions"),
)
ASKED = StructBlock(
    [
        ("question", CharBlock(label=_("Question"), max_length=500)),
        (
            "choices",
            ListBlock(
                StructBlock(
                    [
                        ("text", CharBlock(label=_("Choice"), max_length=300)),
                        ("is_correct", BooleanBlock(label=_("Right"), required=False)),
                    ]
                ),
                label=_("Choices"),
            ),
        ),
    ],
    icon="help",
    label=_("Question about the case"),
    group=_("Case with questions"),
)


@register
class CaseSet(Kind):
    """One text and several questions about it, each with one right choice."""

    key = "case_set"
    label = _("Case with questions")
    rank = 95
    fields = ("parts", "is_all_or_nothing")
    blocks = {"case": CASE, "asked": ASKED}
    holds = "pairs"
    sheet_template = "courses/kinds/case_set.html"
    review_template = "courses/kinds/case_set_review.html"

    def gaps(self, question: Question) -> dict[str, Words]:
        if not parts_of(question, "case"):
            return {"parts": _("Write what happens.")}
        asked = parts_of(question, "asked")
        if not asked:
            return {"parts": _("Ask at least one question about the case.")}
        if any(len(_choices(one)) < 2 or len(_right(one)) != 1 for one in asked):
            message = _("Each question needs two choices or more, one marked right.")
            return {"parts": message}
        return {}

    def key_of(self, question: Question) -> dict[str, Any]:
        asked = parts_of(question, "asked")
        offered = {str(one.id): sorted(_choices(one)) for one in asked}
        right = {str(one.id): _right(one) for one in asked}
        options = sorted(option for ids in offered.values() for option in ids)
        key = super().key_of(question) | {"correct": right, "options": options}
        return key | {"offered": offered} | policy_of(question)

    def body_of(self, question: Question) -> dict[str, Any]:
        asked = parts_of(question, "asked")
        return super().body_of(question) | {
            "case": "\n\n".join(part.value for part in parts_of(question, "case")),
            "asked": {str(one.id): one.value["question"] for one in asked},
            "options": {k: text for one in asked for k, text in _choices(one).items()},
        }

    def shared_ids(self, key: Key) -> set[str]:
        return {*key["options"], *key["offered"]}

    def asked(self, posed: Posed) -> Rows:
        given, texts = dict(paired(posed.values)), posed.body["options"]
        rows = [
            Row(
                one,
                posed.body["asked"].get(one, ""),
                [
                    Option(f"{one}:{o}", texts.get(o, ""), given.get(one) == o)
                    for o in posed.order
                    if o in offered
                ],
            )
            for one, offered in posed.key["offered"].items()
        ]
        return Rows(rows, help_of(posed.key), posed.body["case"])

    def _read(self, key: Key, values: list[str]) -> Answer:
        pairs = dict(paired(values))
        if len(pairs) != len(values) or any(
            option not in key["offered"].get(one, []) for one, option in pairs.items()
        ):
            raise NotAnAnswer("A choice that was not offered, or two of them.")
        return {"pairs": pairs}

    def _written(self, held: Any) -> list[str]:
        return [f"{one}:{option}" for one, option in held.items()]

    def share(self, key: Key, answer: Answer, accepted: Accepted) -> Fraction:
        pairs, correct = answer["pairs"], key["correct"]
        right = sum(pairs.get(one) in options for one, options in correct.items())
        return share_of(right, len(correct), key)

    def reviewed(self, posed: Posed, *, shows_right: bool) -> Rows:
        given = dict(paired(posed.values))
        rows = [
            _judged(posed, one, given.get(one, ""), shows_right)
            for one in posed.key["offered"]
        ]
        return Rows(rows, before=posed.body["case"])


def _judged(posed: Posed, one: str, given: str, shows_right: bool) -> Row:
    right, texts = posed.key["correct"][one], posed.body["options"]
    return Row(
        one,
        posed.body["asked"].get(one, ""),
        [],
        given=texts.get(given, ""),
        is_right=given in right if given or shows_right else None,
        right=texts.get(right[0], "") if shows_right else "",
    )


def _choices(asked: Any) -> dict[str, str]:
    """The choices of one question by their ids, in the author's order."""
    children = asked.value["choices"].bound_blocks
    return {opaque(child.id): child.value["text"] for child in children}


def _right(asked: Any) -> list[str]:
    children = asked.value["choices"].bound_blocks
    return [opaque(child.id) for child in children if child.value["is_correct"]]
