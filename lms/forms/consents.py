"""The box of who is new here, and the forms of staff; the words of a version."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from lms.actions.consents import field_of
from lms.models import ConsentText


def offer(form: forms.Form, text: ConsentText | None) -> None:
    """Add a box to a form, not ticked; nobody has to tick it.

    Its name holds the version: a page opened before a newer one agrees to nothing.
    """
    if text:
        form.fields[_box(text)] = forms.BooleanField(
            required=False,
            label=_("I agree to the consent text, version %(number)s")
            % {"number": text.version},
            help_text=_(
                "You need not, and you can change your mind later under Your data."
            ),
        )


def is_ticked(form: forms.Form, text: ConsentText | None) -> bool:
    """Takes the box's answer out of the others, which go to another verb."""
    return bool(text and form.cleaned_data.pop(_box(text), False))


def _box(text: ConsentText) -> str:
    return f"consent_{text.version}"


class ConsentTextForm(WagtailAdminModelForm):
    """The words in every language of the site; a draft may still lack some."""

    class Meta:
        model = ConsentText
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = self.instance.texts if self.instance.pk else self._last()
        for code, name in settings.LANGUAGES:
            self.fields[field_of(code)] = forms.CharField(
                label=_("Text: %(language)s") % {"language": name},
                initial=shown.get(code, ""),
                required=False,
                help_text=_(
                    "Say what you would do with which data, and that nobody has to "
                    "agree. An empty line begins a paragraph."
                ),
                widget=forms.Textarea(attrs={"rows": 12, "lang": code}),
            )

    @property
    def texts(self) -> dict[str, str]:
        answers = self.cleaned_data
        return {code: answers[field_of(code)] for code, _name in settings.LANGUAGES}

    def _last(self) -> dict[str, str]:
        """A new version begins with the words of the last."""
        last = ConsentText.objects.current()
        return last.texts if last else {}

    def clean(self):
        """Nothing at all is no draft."""
        if not self.errors and not any(text.strip() for text in self.texts.values()):
            first = field_of(settings.LANGUAGES[0][0])
            self.add_error(first, _("Write the text in at least one language."))
        return super().clean()


class PublishForm(forms.Form):
    """Holds the words that were read, so that no others are published."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, _name in settings.LANGUAGES:
            self.fields[field_of(code)] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )


class PaperForm(forms.Form):
    """What stands on the paper that somebody signed."""

    text = forms.ModelChoiceField(
        ConsentText.objects.none(), label=_("Version"), empty_label=None
    )
    language = forms.ChoiceField(
        label=_("Language of the paper"), choices=settings.LANGUAGES
    )
    given_on = forms.DateField(
        label=_("Signed on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = ConsentText.objects.published()
