"""The forms of questions in and out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.models import Locale

from courses import kinds
from courses.actions.exporting import questions_of
from courses.exchange import formats
from courses.exchange.drafts import MOST_BYTES, NotThisFormat
from courses.models import Question, QuestionCategory


class LocaleChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, locale):
        return locale.get_display_name()


class ImportForm(forms.Form):
    """A file or pasted text; what is no file of questions is refused beside it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("GIFT, Aiken, Moodle XML, CSV or an Excel workbook."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the questions here"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    locale = LocaleChoiceField(
        Locale.objects.all(),
        label=gettext_lazy("Language"),
        empty_label=None,
        help_text=gettext_lazy("Of the questions that do not show theirs."),
    )
    category = forms.ModelChoiceField(
        QuestionCategory.objects.all(),
        required=False,
        label=gettext_lazy("Category"),
        help_text=gettext_lazy("Of the questions that name none."),
    )

    def clean(self):
        answers = super().clean()
        file, text = answers.get("file"), answers.get("text", "").strip()
        if bool(file) == bool(text) and not self.errors:
            self.add_error(
                "file", _("Choose a file or paste the questions: one of both.")
            )
        elif not self.errors:
            self._check("file" if file else "text")
        return answers

    def _check(self, field: str) -> None:
        try:
            formats.read(self.content)
        except NotThisFormat as reason:
            self.add_error(field, str(reason))

    @property
    def content(self) -> bytes:
        """As it arrived; of a file too large as many bytes as show that."""
        file = self.cleaned_data.get("file")
        if not file:
            return self.cleaned_data["text"].encode("utf-8", "replace")
        file.seek(0)
        return file.read(MOST_BYTES + 1)

    @property
    def file_name(self) -> str:
        file = self.cleaned_data.get("file")
        return file.name if file else ""


class ExportForm(forms.Form):
    """Which questions, and as what."""

    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(key, one.label) for key, one in formats.WRITABLE.items()],
        initial="gift",
    )
    category = forms.ModelChoiceField(
        QuestionCategory.objects.all(),
        required=False,
        label=gettext_lazy("Category"),
        empty_label=gettext_lazy("All"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    locale = LocaleChoiceField(
        Locale.objects.all(),
        required=False,
        label=gettext_lazy("Language"),
        empty_label=gettext_lazy("All"),
    )

    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("Difficulty"), required=False, coerce=int, empty_value=None
    )
    tag = forms.ModelChoiceField(
        Tag.objects.order_by("name"),
        required=False,
        label=gettext_lazy("Tag"),
        empty_label=gettext_lazy("All"),
    )
    topic = forms.CharField(label=gettext_lazy("Topic"), required=False, max_length=80)
    jurisdiction = forms.CharField(
        label=gettext_lazy("Country"), required=False, max_length=6
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        every = ("", _("All"))
        self.fields["kind"].choices = [every, *kinds.choices()]
        self.fields["difficulty"].choices = [every, *Question.Difficulty.choices]

    def clean(self):
        answers = super().clean()
        if not self.errors and not self.questions().exists():
            self.add_error("category", _("There is no published question like that."))
        return answers

    def questions(self):
        asked = {name: one for name, one in self.cleaned_data.items() if one}
        asked.pop("format")
        return questions_of(**asked)
