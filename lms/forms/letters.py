from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lms import scoping
from lms.models import CohortLetter, Session

from .cohorts import OfCohort


class CohortLetterForm(OfCohort):
    """To whom, and the words in each language; names in braces are filled in."""

    action = "teach"

    class Meta:
        model = CohortLetter
        fields = ["cohort", "audience", "session"]
        labels = {"session": _("Which session was missed")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mine = scoping.scope(Session.objects.select_related("cohort"), self.for_user)
        self.fields["session"].queryset = mine
        names = _("Filled in for each person: {name}, {training}, {link}.")
        for code, language in settings.LANGUAGES:
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": language},
                max_length=160,
                required=False,
            )
            self.fields[f"body_{code}"] = forms.CharField(
                label=_("Letter (%(language)s)") % {"language": language},
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text=names,
                required=False,
            )

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        given = self.cleaned_data
        return {
            code: (given[f"subject_{code}"], given[f"body_{code}"])
            for code, _language in settings.LANGUAGES
        }
