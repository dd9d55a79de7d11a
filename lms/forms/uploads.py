"""An upload of a device as JSON: read strictly, because no person typed it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.core.exceptions import BadRequest

from lms.actions.uploads import Item
from lms.models import MarkEvent

from .register import LONGEST_REMARK

MOST = 300
LONGEST = 200
KINDS = {kind.value for kind in MarkEvent.Kind} & {"set", "entry", "exit", "undo"}
# More than any session has.
MINUTES = 1440
# A key in any of our databases.
GREATEST = 2**63 - 1


class Unreadable(BadRequest):
    """No script of ours sends this; sent again it would be the same."""


@dataclass(frozen=True)
class Batch:
    device: str
    sent_at: datetime
    items: list[Item]


def read_batch(body: bytes) -> Batch:
    """Raises Unreadable."""
    try:
        told = json.loads(body)
        items = [_item(one) for one in told["items"]]
        batch = Batch(UUID(told["device"]).hex, _moment(told["sent_at"]), items)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Unreadable("No upload of ours.") from fault
    if len(batch.items) > MOST:
        raise Unreadable("Too many at once.")
    return batch


def _item(told: dict) -> Item:
    if told["kind"] not in KINDS:
        raise ValueError(told["kind"])
    opened = told.get("opened")
    return Item(
        nonce=UUID(told["nonce"]),
        kind=told["kind"],
        stated_at=_moment(told["at"]),
        opened_at=_moment(opened) if opened else None,
        enrolment_id=_number(told.get("place", 0)),
        code=_text(told.get("code", ""), LONGEST),
        remark=_text(told["remark"], LONGEST_REMARK) if "remark" in told else None,
        minutes=min(_number(told["minutes"]), MINUTES) if "minutes" in told else None,
        seen=_number(told.get("seen", 0)),
        value=_text(told.get("value", ""), LONGEST),
        about=UUID(told["about"]) if told.get("about") else None,
    )


def _moment(milliseconds: object) -> datetime:
    """As a browser counts: since 1970. A clock may stand anywhere in these years."""
    number = _number(milliseconds)
    if number > 200_000_000_000_000:
        raise ValueError(number)
    return datetime.fromtimestamp(number / 1000, UTC)


def _number(told: object) -> int:
    if not isinstance(told, int | float) or not 0 <= told <= GREATEST:
        raise ValueError(told)
    return int(told)


def _text(told: object, longest: int) -> str:
    """What a person typed or a camera read; a slip in one must not lose the others."""
    if not isinstance(told, str):
        raise ValueError(told)
    return told.encode(errors="ignore").decode().replace("\x00", "")[:longest]
