"""How a question is marked again, and what is decided about a pass that it lost."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import RegradeRun
from lms.regrading import NEWEST, VOID, Terms


class RegradeForm(forms.Form):
    """What is done with every answer, and why."""

    way = forms.ChoiceField(
        label=_("What is done"), choices=RegradeRun.Way, widget=forms.RadioSelect
    )
    is_never_lower = forms.BooleanField(
        label=_("Nobody gets less than now"),
        help_text=_("Only where answers are marked again by the newest version."),
        required=False,
    )
    remarks_manual = forms.BooleanField(
        label=_("Marks given by hand are changed, too"),
        help_text=_("Otherwise they stay. A void question counts for nobody at all."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Staff read it later; participants do not."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self):
        values = super().clean()
        way = values.get("way")
        if values.get("is_never_lower") and way and way != NEWEST:
            self.add_error(
                "is_never_lower",
                _("This goes only with marking again by the newest version."),
            )
        if values.get("remarks_manual") and way == VOID:
            self.add_error(
                "remarks_manual",
                _("A void question counts for nobody: leave this empty."),
            )
        return values

    @property
    def terms(self) -> Terms:
        names = ("way", "is_never_lower", "remarks_manual")
        return Terms(**{name: self.cleaned_data[name] for name in names})


class SettleForm(forms.Form):
    note = forms.CharField(
        label=_("What was decided"),
        help_text=_("Such as: the certificate stays, the person was told."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
