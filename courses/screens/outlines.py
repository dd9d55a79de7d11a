"""An outline with one reader's ticks, as `includes/outline.html` wants it."""

from django.template.loader import render_to_string

from courses import content_version
from courses.outline import Activity, Outline

from . import words


def modules(outline: Outline, study, *, may_open: bool, here: str = "") -> list[dict]:
    """Without what nobody can open; every stop but this page's is written already."""
    done = {str(key) for key in getattr(study, "done", ())}
    written = content_version.remembered(
        f"stops:{outline.name}:{may_open}", lambda: _written(outline, may_open)
    )
    listed = [
        {
            "title": module.title,
            "activities": [
                _current(activity, is_done=activity.key in done)
                if activity.key == here
                else {"html": written[activity.key][activity.key in done]}
                for activity in module.activities
                if activity.is_live
            ],
        }
        for module in outline.modules
    ]
    return [module for module in listed if module["activities"]]


def _written(outline: Outline, may_open: bool) -> dict[str, tuple[str, str]]:
    """By activity, its stop before and after it is done."""
    state = "open" if may_open else "locked"
    return {
        activity.key: tuple(
            _stop(activity, state, is_done) for is_done in (False, True)
        )
        for activity in outline.live
    }


def _stop(activity: Activity, state: str, is_done: bool) -> str:
    shown = _shown(activity) | {"state": state, "is_done": is_done}
    return render_to_string("includes/outline_item.html", {"activity": shown})


def _current(activity: Activity, *, is_done: bool) -> dict:
    return _shown(activity) | {"state": "current", "is_done": is_done}


def _shown(activity: Activity) -> dict:
    note = words.note(activity)
    return {"title": activity.title, "url": activity.url, "note": note}
