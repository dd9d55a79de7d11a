"""A review with less in it: one's own answer without what it was worth."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

# The fields of reviewed pieces that say how right they are, and what their authors say.
JUDGEMENT = "is_right"
FEEDBACK = "feedback"


def hide(shown: Any, *, judgement: bool, feedback: bool) -> Any:
    """The same review, judged nowhere or without the feedback of its pieces."""
    if isinstance(shown, list | tuple):
        hidden = [hide(one, judgement=judgement, feedback=feedback) for one in shown]
        return type(shown)(hidden)
    if not is_dataclass(shown) or isinstance(shown, type):
        return shown
    changes: dict[str, Any] = {}
    for field in fields(shown):
        if field.name == JUDGEMENT and judgement:
            changes[field.name] = None
        elif field.name == FEEDBACK and feedback:
            changes[field.name] = ""
        else:
            value = getattr(shown, field.name)
            changes[field.name] = hide(value, judgement=judgement, feedback=feedback)
    return replace(shown, **changes)
