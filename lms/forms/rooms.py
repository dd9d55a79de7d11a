"""Supervised sittings: opening one, coming in, and tickets for a room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Enrolment

from .overrides import WHEN

CODE = forms.TextInput(
    attrs={
        "autocomplete": "off",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "autofocus": True,
    }
)
READ_ALIKE = _("Capitals, spaces and the dash do not matter.")
LONGEST = 12 * 60


class OpenSittingForm(forms.Form):
    opens_at = forms.DateTimeField(
        label=_("Opens"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN),
    )
    minutes = forms.IntegerField(
        label=_("Lets people in for so many minutes"),
        min_value=1,
        max_value=LONGEST,
        initial=30,
        help_text=_("Who is inside by then goes on to the end of their own time."),
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    is_locked = forms.BooleanField(
        label=_("Nothing else can be opened while one sits the quiz"),
        required=False,
        initial=True,
    )


class RoomCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the room"),
        max_length=60,
        widget=CODE,
        help_text=_("It is shown in the room. A ticket of your own does, too."),
    )


class TicketCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code on the ticket"), max_length=60, widget=CODE, help_text=READ_ALIKE
    )


class PlacesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, place):
        return place.person.legal_name


class PrintTicketsForm(forms.Form):
    """Who gets a ticket; those without an account have no other way in."""

    people = PlacesField(
        Enrolment.objects.none(),
        label=_("Who gets a ticket"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one person.")},
    )
    minutes = forms.IntegerField(
        label=_("Good for so many minutes after the first use"),
        min_value=1,
        max_value=LONGEST,
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = places
        without = [place.pk for place in places if place.person.user_id is None]
        self.initial["people"] = without
