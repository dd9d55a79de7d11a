from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Apology
from lms.scans import ACCEPTED, MOST_BYTES

LONGEST = Apology._meta.get_field("reason").max_length


class ApologyForm(forms.Form):
    """Why somebody cannot come, and a paper if there is one."""

    reason = forms.CharField(
        label=_("Why you cannot come"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a few words. Trainers and coordinators of the cohort read it."),
    )
    paper = forms.FileField(
        label=_("A paper that shows it"),
        required=False,
        help_text=_("JPEG, PNG, WebP or PDF, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_paper(self):
        """The bytes of the file, and of a file too large as many as show that."""
        file = self.cleaned_data["paper"]
        return file.read(MOST_BYTES + 1) if file else b""


class AnswerForm(forms.Form):
    """Words for the participant; whoever declines must write some."""

    answer = forms.CharField(
        label=_("Your answer"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The participant reads it. Needed if you decline."),
    )
