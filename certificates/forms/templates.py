"""What an administrator writes into a template and about a signatory."""

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from certificates import images, readiness
from certificates.frame import INK
from certificates.models import CertificateTemplate, Signatory
from courses.fields import is_colour
from lms.titles import course_titles

THEME = "adras"
TEXTS = [
    ("issuer", _("Organisation"), 160, False),
    ("title", _("Title"), 60, True),
    ("presented", _("Before the name"), 120, True),
    ("deed", _("Before the course"), 200, True),
    ("footer", _("Small print"), 240, False),
]
LOGOS = ["logo_1", "logo_2", "logo_3"]


def check_letters(text: str) -> None:
    """Refuse a letter that no font of the certificates has (CE-28)."""
    refusal = readiness.refuse_letters(text)
    if refusal:
        raise forms.ValidationError(refusal)


class TemplateForm(WagtailAdminModelForm):
    """One row of texts for each language; saved as a draft version."""

    course_key = forms.ChoiceField(
        label=_("Course"),
        required=False,
        help_text=_("A course's own template goes before the one for all courses."),
    )
    accent = forms.CharField(
        label=_("Colour"),
        initial=INK,
        max_length=7,
        validators=[is_colour],
        help_text=_("Of the frame and the course, such as #1F4E79."),
    )
    valid_months = forms.IntegerField(
        label=_("Valid for, in months"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=_("Empty: it never expires."),
    )

    class Meta:
        model = CertificateTemplate
        fields = ["title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = sorted((str(key), title) for key, title in course_titles().items())
        self.fields["course_key"].choices = [("", _("All courses")), *titles]
        for name in LOGOS:
            self.fields[name] = forms.ModelChoiceField(
                get_image_model().objects.all(),
                label=_("Logo"),
                required=False,
                widget=AdminImageChooser(),
            )
        for code, language in settings.LANGUAGES:
            for name, label, longest, is_needed in TEXTS:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} ({language})",
                    max_length=longest,
                    required=is_needed,
                    validators=[check_letters],
                )
        self._fill()

    def _fill(self):
        if self.instance.course_key:
            self.initial["course_key"] = str(self.instance.course_key)
        known = self.known
        if not known:
            return
        self.initial["accent"] = known["accent"]
        self.initial["valid_months"] = known.get("valid_months")
        for name, pk in zip(LOGOS, known.get("logo_images", []), strict=False):
            self.initial[name] = pk
        for code, texts in known["texts"].items():
            for name, text in texts.items():
                self.initial[f"{name}_{code}"] = text

    @cached_property
    def known(self) -> dict:
        """What it says so far; a new template begins with what the general one says."""
        template = self.instance
        if not template.pk:
            template = CertificateTemplate.objects.for_course(None)
        version = template.newest if template else None
        return version.content if version else {}

    def clean_course_key(self):
        return self.cleaned_data["course_key"] or None

    @cached_property
    def content(self) -> dict:
        """The design as a version keeps it; logos are copied, so that they stay."""
        answers = self.cleaned_data
        logos = [answers[name] for name in LOGOS if answers.get(name)]
        return {
            "theme": THEME,
            "accent": answers["accent"].lower(),
            "logos": [images.keep(logo) for logo in logos],
            "logo_images": [logo.pk for logo in logos],
            "valid_months": answers["valid_months"],
            "texts": self.known.get("texts", {})
            | {
                code: {name: answers[f"{name}_{code}"] for name, *_rest in TEXTS}
                for code, _name in settings.LANGUAGES
            },
        }


class SignatoryForm(WagtailAdminModelForm):
    """Titles by language as fields of their own."""

    class Meta:
        model = Signatory
        fields = ["name", "image", "place", "since", "until"]
        help_texts = {
            "image": _("A scanned signature on a clear ground; may be empty."),
            "place": _("1 signs on the left, 2 beside it; nobody else signs."),
            "until": _("The last day; empty while the person is in office."),
        }
        widgets = {"image": AdminImageChooser}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(check_letters)
        for code, language in settings.LANGUAGES:
            self.fields[f"title_{code}"] = forms.CharField(
                label=f"{_('Office')} ({language})",
                max_length=120,
                required=False,
                initial=self.instance.titles.get(code, ""),
                validators=[check_letters],
            )

    @property
    def answers(self) -> dict:
        """As the verbs take them."""
        answers = {name: self.cleaned_data[name] for name in self.Meta.fields}
        titles = {
            code: self.cleaned_data[f"title_{code}"]
            for code, _name in settings.LANGUAGES
        }
        return answers | {
            "titles": {code: text for code, text in titles.items() if text}
        }
