"""The rules of a quiz as its editor shows them, grouped."""

import json

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from courses.forms.release import ReleaseTable

# Wagtail's own script hides what another field makes idle; without it all is shown.
_RULED = {"data-controller": "w-rules", "data-action": "change->w-rules#resolve"}


def _only_with(field: str, value: str) -> dict[str, str]:
    rule = json.dumps({field: [value]})
    return {"data-w-rules-target": "show", "data-w-rules": rule}


RULES = MultiFieldPanel(
    [
        FieldPanel("purpose"),
        FieldPanel("is_required"),
        FieldPanel("pass_percent"),
        FieldPanel("attempts_allowed"),
        FieldPanel("cooldown_minutes"),
        FieldPanel("minutes"),
        FieldPanel("time_up"),
        FieldPanel("grace_minutes", attrs=_only_with("time_up", "grace")),
        FieldPanel("is_supervised"),
        FieldPanel("behaviour"),
        FieldPanel("tries", attrs=_only_with("behaviour", "tries")),
        FieldPanel("try_penalty", attrs=_only_with("behaviour", "tries")),
        FieldPanel("is_shuffled"),
        FieldPanel("grading"),
    ],
    heading=_("Rules"),
    attrs=_RULED,
)
AFTERWARDS = MultiFieldPanel(
    [
        FieldPanel("release"),
        FieldPanel(
            "release_custom",
            widget=ReleaseTable,
            attrs=_only_with("release", "custom"),
        ),
    ],
    heading=_("After handing in"),
    attrs=_RULED,
)
OPEN_ANSWERS = MultiFieldPanel(
    [
        FieldPanel("is_marked_by_name"),
        FieldPanel("second_mark_percent"),
        FieldPanel("second_mark_tolerance"),
    ],
    heading=_("Open answers"),
    classname="collapsed",
)
