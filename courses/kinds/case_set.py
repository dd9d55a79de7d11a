from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ListBlock, StructBlock, TextBlock

from .base import Body, Key, Question, Words, opaque, parts_of, policy_of
from .beside import Beside
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
class CaseSet(Beside):
    """One text and several questions about it, each with one right choice."""

    key = "case_set"
    label = _("Case with questions")
    rank = 95
    blocks = {"case": CASE, "asked": ASKED}
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

    def _offered(self, key: Key) -> Mapping[str, Collection[str]]:
        offered: Mapping[str, Collection[str]] = key["offered"]
        return offered

    def _right(self, key: Key, row: str) -> str:
        return str(key["correct"][row][0])

    def _texts(self, body: Body) -> Mapping[str, str]:
        asked: Mapping[str, str] = body["asked"]
        return asked

    def _before(self, body: Body) -> str:
        return str(body["case"])


def _choices(asked: Any) -> dict[str, str]:
    """The choices of one question by their ids, in the author's order."""
    children = asked.value["choices"].bound_blocks
    return {opaque(child.id): child.value["text"] for child in children}


def _right(asked: Any) -> list[str]:
    children = asked.value["choices"].bound_blocks
    return [opaque(child.id) for child in children if child.value["is_correct"]]
