"""What staff are asked when something becomes of a certificate."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from certificates.corrections import NAMES
from certificates.models import Certificate
from lms.forms.cohorts import ReasonForm
from lms.models import CorrectionRequest

EndedFor = Certificate.EndedFor
# The holder's own wish is a withdrawal, on a page of their own.
CLASSES = [one for one in EndedFor if one is not EndedFor.HOLDER]


class RevokeForm(ReasonForm):
    ended_class = forms.ChoiceField(
        label=_("What anybody may know"),
        choices=[(one.value, one.label) for one in CLASSES],
        widget=forms.RadioSelect,
        help_text=_("Stands on the page that checks the certificate."),
    )
    tell_holder = forms.BooleanField(
        label=_("Write to the holder now"), required=False, initial=True
    )
    field_order = ["ended_class", "reason", "tell_holder"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What only we know")


class RenewForm(ReasonForm):
    earned_on = forms.DateField(
        label=_("Renewed on"),
        widget=AdminDateInput,
        help_text=_("The day of the refresher, for example."),
    )
    field_order = ["earned_on", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What renews it")


class AskNameForm(forms.Form):
    field = forms.ChoiceField(
        label=_("What is wrong"),
        choices=[(one, CorrectionRequest.Field(one).label) for one in NAMES],
    )
    new = forms.CharField(label=_("Correct"), max_length=255)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which paper you saw, for example."),
    )


class ManyForm(forms.Form):
    """Some of what the view offers, by their keys."""

    chosen = forms.MultipleChoiceField(
        label=_("To whom"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, choices=(), label="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = choices
        if label:
            self.fields["chosen"].label = label


class SendManyForm(ManyForm):
    """Which certificates of a cohort, and to whom of those the view offers."""

    certificates = forms.MultipleChoiceField(
        label=_("Certificates"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, certificates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["certificates"].choices = certificates
