"""What an administrator designs: theme, texts by language, logos, the page."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from certificates.design import images, texts
from certificates.design.pictures import UnfitPicture
from certificates.models import CertificateTemplate
from certificates.models.kinds import Kind
from certificates.paper import layout
from certificates.paper.frame import INK
from courses.fields import is_colour

from . import page_blocks
from .carrying import course_choices
from .papers import check_letters, check_placeholders, is_of_site, paper_languages
from .widgets import Themes

TEXTS = {"title": _("Title"), **layout.TEXTS}
THEME = "guilloche"
LOGOS = ["logo_1", "logo_2", "logo_3"]


class TemplateForm(WagtailAdminModelForm):
    """Everything a version keeps; saved as a draft."""

    course_key = forms.ChoiceField(
        label=_("Course"),
        required=False,
        help_text=_("A course's own template goes before the one for all courses."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, initial=Kind.COMPLETION
    )
    theme = forms.ChoiceField(
        label=_("Theme"), choices=list(layout.THEMES.items()), widget=Themes
    )
    second_language = forms.ChoiceField(
        label=_("Second language"),
        required=False,
        help_text=_("Only of a bilingual certificate; the first is the cohort's own."),
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

    is_public = forms.BooleanField(
        label=_("Show the holder's whole name to whoever checks the certificate"),
        required=False,
        help_text=_("Otherwise only who has the PDF or types the family name sees it."),
    )

    class Meta:
        model = CertificateTemplate
        fields = ["title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course_key"].choices = course_choices()
        self.fields["second_language"].choices = [("", _("None")), *paper_languages()]
        for place, name in enumerate(LOGOS, start=1):
            self.fields[name] = forms.ModelChoiceField(
                get_image_model().objects.all(),
                label=_("Logo %(place)s") % {"place": place},
                required=False,
                widget=AdminImageChooser(),
            )
        for code, _language in paper_languages():
            for name, label in TEXTS.items():
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label,
                    max_length=texts.LONGEST[name],
                    required=name in texts.NEEDED and is_of_site(code),
                    validators=[check_letters, check_placeholders],
                )
        for area in layout.AREAS:
            self.fields[f"page_{area}"] = page_blocks.AreaField(area)
        self._fill()

    def _fill(self):
        if self.instance.course_key:
            self.initial["course_key"] = str(self.instance.course_key)
        if self.instance.pk:
            self.initial["kind"] = self.instance.kind
            self.initial["title"] = str(self.instance)
        known = self.known
        self._fill_page(layout.blocks_of(known))
        theme = known.get("theme")
        self.initial["theme"] = theme if theme in layout.THEMES else THEME
        if not known:
            return
        self.initial["accent"] = known["accent"]
        self.initial["second_language"] = known.get("second_language", "")
        self.initial["valid_months"] = known.get("valid_months")
        self.initial["is_public"] = known.get("is_public", False)
        for name, pk in zip(LOGOS, known.get("logo_images", []), strict=False):
            self.initial[name] = pk
        for code, said in known["texts"].items():
            for name, text in said.items():
                self.initial[f"{name}_{code}"] = text

    def _fill_page(self, found):
        for area in layout.AREAS:
            field = self.fields[f"page_{area}"]
            of_area = [one for one in found if one["area"] == area]
            self.initial[f"page_{area}"] = page_blocks.to_stream(field, of_area)

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

    def clean(self):
        super().clean()
        self._keep_title()
        self._check_language()
        self._check_texts()
        self._check_page()
        self._keep_logos()

    def _keep_title(self):
        """The kind's name, shown in place of a first title, is not written over it."""
        names = {"title", "course_key", "kind"}
        if self.instance.is_untitled and names.isdisjoint(self.changed_data):
            self.cleaned_data["title"] = self.instance.title

    def _check_language(self):
        answers = self.cleaned_data
        if answers.get("theme") == "bilingual" and not answers.get("second_language"):
            text = _("A bilingual certificate needs a second language.")
            self.add_error("second_language", text)

    def _check_texts(self):
        """A language that paper alone speaks is written in full or not at all."""
        for code, _language in paper_languages():
            if any(self.cleaned_data.get(f"{name}_{code}") for name in TEXTS):
                for name in texts.NEEDED:
                    if self.cleaned_data.get(f"{name}_{code}") == "":
                        text = _("Write this too, or nothing in this language.")
                        self.add_error(f"{name}_{code}", text)

    def _check_page(self):
        for area in layout.AREAS:
            field = f"page_{area}"
            if field in self.errors:
                continue
            for error in page_blocks.missing_in(area, self.blocks):
                self.add_error(field, error)

    def _keep_logos(self):
        """Copied, so that they stay whatever becomes of the library's."""
        self.kept_logos = []
        for name in LOGOS:
            logo = self.cleaned_data.get(name)
            try:
                if logo:
                    self.kept_logos.append(images.keep(logo))
            except UnfitPicture as error:
                self.add_error(name, str(error))
            except OSError:
                self.add_error(name, _("The file of this picture is gone."))

    @property
    def blocks(self) -> list[layout.Block]:
        """The whole page; an area that did not come from the editor stays as it was."""
        found = []
        for area in layout.AREAS:
            stream = self.cleaned_data.get(f"page_{area}")
            if stream is None:
                known = layout.blocks_of(self.known)
                found += [one for one in known if one["area"] == area]
            else:
                found += page_blocks.from_stream(area, stream)
        return found

    @property
    def content(self) -> dict:
        """The design as a version keeps it."""
        answers = self.cleaned_data
        logos = [answers[name] for name in LOGOS if answers.get(name)]
        return {
            "theme": answers["theme"],
            "accent": answers["accent"].lower(),
            "second_language": answers["second_language"],
            "logos": self.kept_logos,
            "logo_images": [logo.pk for logo in logos],
            "valid_months": answers["valid_months"],
            "is_public": answers["is_public"],
            "texts": self._texts(),
            "blocks": self.blocks,
        }

    def _texts(self) -> dict:
        """By language; one that paper speaks no more keeps what it said."""
        answers, written = self.cleaned_data, dict(paper_languages())
        known = self.known.get("texts", {})
        others = {code: said for code, said in known.items() if code not in written}
        return others | {
            code: {name: answers[f"{name}_{code}"] for name in TEXTS}
            for code in written
            if answers[f"title_{code}"]
        }
