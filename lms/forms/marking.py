"""What an answer earns, by its marker: a level of each criterion, or points."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.kinds.rubric import Criterion, Level
from courses.marking import plain, read_number
from lms.actions.marking import Given

CENT = Decimal("0.01")


class GivenForm(forms.Form):
    """`marks` is what the answer can earn; without criteria points are typed."""

    score = forms.CharField(
        label=gettext_lazy("Points"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data, *, criteria: Iterable[Criterion], marks: Decimal, given):
        """`given` is the mark to change: a score of the response, or None."""
        super().__init__(data, initial=_shown(given))
        levels = {f"level-{one.id}": _choice(one, marks) for one in criteria}
        if levels:
            del self.fields["score"]
            self.fields.update(levels)
            self.order_fields(levels)

    def clean_score(self) -> Decimal:
        score = read_number(self.cleaned_data["score"])
        if score is None:
            raise forms.ValidationError(_("Write a number."))
        return score

    def given(self) -> Given:
        data = self.cleaned_data
        levels = {
            name.removeprefix("level-"): place
            for name, place in data.items()
            if name.startswith("level-")
        }
        return Given(data.get("score"), levels, data["comment"])


class MarkForm(GivenForm):
    """`read` is the newest score that the form was shown with."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = _(
            "The participant reads it with the result, without your name."
        )

    def show_anew(self, read: int) -> None:
        """Keep what was typed, to be saved over the score that is shown now."""
        self.data = self.data.copy()
        self.data["read"] = read


class SecondMarkForm(GivenForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].help_text = _(
            "Only who settles a difference between two marks reads it."
        )


def _choice(criterion: Criterion, marks: Decimal) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=criterion.name,
        choices=[
            (place, _words(level, marks))
            for place, level in enumerate(criterion.levels)
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )


def _words(level: Level, marks: Decimal) -> str:
    earned = (Decimal(level.points or 0) * marks / 100).quantize(CENT)
    return _("%(words)s (points: %(points)s)") % {
        "words": level.words,
        "points": plain(earned),
    }


def _shown(given) -> dict:
    if given is None:
        return {"read": 0}
    levels = {f"level-{one}": place for one, place in given.levels.items()}
    score = plain(given.score)
    return levels | {"read": given.pk, "score": score, "comment": given.comment}
