from django import forms
from django.utils.translation import gettext_lazy as _

from lms.models import Person

from .correcting import ask_why


class GuestForm(forms.Form):
    """Who came without a place; the name is enough."""

    name = forms.CharField(
        label=_("Name"),
        max_length=Person._meta.get_field("legal_name").max_length,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    organisation = forms.CharField(
        label=_("Organisation"), required=False, max_length=255
    )

    def __init__(self, *args, session, **kwargs):
        super().__init__(*args, **kwargs)
        ask_why(self, session)


class MatchForm(forms.Form):
    """Who a guest is, of those whom the user may say."""

    person = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
