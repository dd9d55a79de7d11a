"""The table in which an author ticks what participants see, and when."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from courses.release import Phase, What, cell

PHASES = {
    Phase.AFTER: _("Right after, for 2 minutes"),
    Phase.OPEN: _("While the quiz is open"),
    Phase.CLOSED: _("After it has closed for everybody"),
}
WHATS = {
    What.ANSWERS: _("Their own answers"),
    What.SCORE: _("Points"),
    What.MARKS: _("Right or wrong"),
    What.RIGHT: _("What would have been right"),
    What.EXPLANATION: _("The explanation"),
    What.FEEDBACK: _("Feedback and the marker's words"),
    What.OVERALL: _("Overall feedback"),
}
CELLS = [
    (cell(what, phase), what_label)
    for what, what_label in WHATS.items()
    for phase in PHASES
]


class ReleaseTable(forms.CheckboxSelectMultiple):
    """A table of checkboxes: a row for what is shown, a column for when."""

    template_name = "courses/admin/release_table.html"

    def render(self, name, value, attrs=None, renderer=None):
        ticked = set(value or [])
        rows = [
            (label, [self._box(name, what, phase, ticked) for phase in PHASES])
            for what, label in WHATS.items()
        ]
        context = {"phases": PHASES.values(), "rows": rows, "attrs": attrs or {}}
        return render_to_string(self.template_name, context)

    def _box(self, name, what: What, phase: Phase, ticked: set[str]) -> dict:
        value = cell(what, phase)
        label = f"{WHATS[what]}: {PHASES[phase]}"
        is_ticked = value in ticked
        return {"name": name, "value": value, "label": label, "is_ticked": is_ticked}
