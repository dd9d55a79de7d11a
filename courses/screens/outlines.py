"""An outline with one reader's ticks, as `includes/outline.html` wants it."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from courses import content_version
from courses.outline import Activity, Module, Outline

from . import words

# By activity, its stop before and after it is done.
Stops = dict[str, tuple[SafeString, SafeString]]


def modules(outline: Outline, study, *, may_open: bool, here: str = "") -> list[dict]:
    """Each module with its stops; without what nobody can open."""
    done = {str(key) for key in getattr(study, "done", ())}
    stops = _stops(outline, may_open)
    current = outline.find(here)
    if current and current.is_live:
        stops = stops | {here: _current_stop(outline, current)}
    listed = [
        {
            "key": module.key,
            "title": module.title,
            "stops": _of(module, stops, done),
        }
        for module in outline.modules
    ]
    return [module for module in listed if module["stops"]]


def _of(module: Module, stops: Stops, done: set[str]) -> SafeString:
    """The module's stops, one after the other."""
    live = [activity.key for activity in module.activities if activity.is_live]
    lines = [stops[key][key in done] for key in live]
    return mark_safe("".join(lines))  # noqa: S308 - our own template wrote each


def _stops(outline: Outline, may_open: bool) -> Stops:
    state = "open" if may_open else "locked"
    return content_version.written(
        f"stops:{outline.name}:{state}",
        lambda: {
            activity.key: _before_and_after(activity, state)
            for activity in outline.live
        },
    )


def _current_stop(outline: Outline, activity: Activity) -> tuple:
    return content_version.written(
        f"stop:{outline.name}:{activity.key}",
        lambda: _before_and_after(activity, "current"),
    )


def _before_and_after(activity: Activity, state: str) -> tuple:
    return _stop(activity, state, is_done=False), _stop(activity, state, is_done=True)


def _stop(activity: Activity, state: str, *, is_done: bool) -> SafeString:
    shown = {
        "title": activity.title,
        "url": activity.url,
        "note": words.note(activity),
        "state": state,
        "is_done": is_done,
    }
    return render_to_string("includes/outline_item.html", {"activity": shown})
