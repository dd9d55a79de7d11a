from django import forms
from django.utils.translation import gettext_lazy as _

from lms import scoping
from lms.models import LetterText, Person


class LetterTextForm(forms.Form):
    """The words of one kind of letter in one language, and whose eyes to try them with.

    `person` must be of a cohort of the form's user: nobody else is found.
    """

    subject = forms.CharField(
        label=_("Subject"), max_length=LetterText._meta.get_field("subject").max_length
    )
    body = forms.CharField(
        label=_("Letter"), widget=forms.Textarea(attrs={"rows": 14}), strip=True
    )
    person = forms.CharField(
        label=_("Preview as"),
        required=False,
        help_text=_("Name, e-mail or phone of a person of your cohorts. May be empty."),
    )

    def __init__(self, *args, for_user, **kwargs):
        super().__init__(*args, **kwargs)
        self.for_user = for_user

    def clean_body(self):
        """Browsers send two characters at the end of a line; texts hold one."""
        return self.cleaned_data["body"].replace("\r\n", "\n")

    def clean_person(self) -> Person | None:
        text = self.cleaned_data["person"]
        if not text.strip():
            return None
        mine = scoping.scope(Person.objects.all(), self.for_user)
        found = mine.matching(text).order_by("legal_name", "pk").first()
        if found is None:
            raise forms.ValidationError(_("Nobody of your cohorts is called so."))
        return found
