"""What an address or a form carries signed, so that reading a page writes nothing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

from courses import clock
from courses.models import LessonPage

SHOWN = "lms.shown"
CHECKED = "lms.checked"


@dataclass(frozen=True)
class Checked:
    """A self-check of the page; `choice` is None while it is not answered."""

    name: str
    question: str
    value: int | None
    choice: Mapping | None


def sign_shown(activity: uuid.UUID) -> str:
    """Since when, which is now, somebody has this page in front."""
    return signing.dumps([str(activity), clock.now().timestamp()], salt=SHOWN)


def shown_at(stamp: str, activity: uuid.UUID) -> datetime | None:
    """When the page was shown; None for another page's stamp or a forged one."""
    try:
        key, instant = signing.loads(stamp, salt=SHOWN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return datetime.fromtimestamp(instant, UTC) if key == str(activity) else None


def checks(page: LessonPage, chosen: Mapping[str, int]) -> list[Checked]:
    """Every self-check of the lesson with what this reader chose."""
    found = []
    for block in page.body:
        if block.block_type == "self_check":
            value = chosen.get(block.value.name)
            choices = list(block.value["choices"])
            is_there = value is not None and 0 <= value < len(choices)
            choice = choices[value] if is_there else None
            name, question = block.value.name, block.value["question"]
            found.append(Checked(name, question, value if is_there else None, choice))
    return found


def sign_chosen(activity: uuid.UUID, answered: list[Checked]) -> str:
    """For the address of the page that shows the feedback."""
    chosen = {one.name: one.value for one in answered if one.choice is not None}
    return signing.dumps([str(activity), chosen], salt=CHECKED)


def chosen_of(stamp: str, activity: uuid.UUID) -> dict[str, int]:
    try:
        key, chosen = signing.loads(stamp, salt=CHECKED)
    except (signing.BadSignature, ValueError, TypeError):
        return {}
    return chosen if key == str(activity) else {}
