"""One screen for a quiz: its questions are written there or brought along."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.import_plan import Outcome, Plan, Planned, plan_import
from courses.actions.importing import keep_questions
from courses.actions.quick import shelf_of, shelf_path
from courses.exchange.drafts import MOST_BYTES, NotThisFormat
from courses.models import ModulePage, QuestionCategory, QuestionUpload, QuizPage

from .quick import QUESTIONS, ModuleChoiceField, QuestionRowForm, WrittenQuestions


class NewQuizForm(forms.Form):
    """The quiz, and a file or a text with questions for it.

    A file is kept from the first look on, so that a mistake beside another field does
    not lose it.
    """

    module = ModuleChoiceField(
        label=gettext_lazy("Module"), queryset=ModulePage.objects.none()
    )
    title = forms.CharField(label=gettext_lazy("Title of the quiz"), max_length=200)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=QuizPage.Purpose.choices,
        initial=QuizPage.Purpose.PRACTICE,
    )
    text = forms.CharField(
        label=gettext_lazy("Paste the questions"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy("GIFT, Aiken, Moodle XML, or rows of a spreadsheet."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        max_length=255,
        help_text=gettext_lazy("One of the same formats, or an Excel workbook."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    upload = forms.ModelChoiceField(
        QuestionUpload.objects.none(), required=False, widget=forms.HiddenInput
    )
    anyway = forms.BooleanField(
        label=gettext_lazy("Leave these out and take the others"), required=False
    )

    def __init__(self, *args, modules, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.is_read = by, False
        self.fields["module"].queryset = modules
        mine = QuestionUpload.objects.filter(by=by, applied_at=None)
        self.fields["upload"].queryset = mine

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("file") and cleaned.get("text", "").strip():
            self.add_error(
                "file", _("Choose a file or paste the questions: one of both.")
            )
        elif cleaned.get("module"):
            self._look()
        return cleaned

    def _look(self) -> None:
        try:
            plan = self.plan
        except NotThisFormat as reason:
            name = "file" if self.cleaned_data.get("file") else "text"
            self.add_error(name, str(reason))
            return
        if plan is None:
            return
        self.is_read = True
        if not self.taken:
            self.add_error("text", _("None of these questions can be asked here."))
        elif self.left_out and not self.cleaned_data.get("anyway"):
            self.add_error("anyway", _("Mend these questions, or leave them out."))

    @cached_property
    def content(self) -> bytes:
        """What was brought along now, or kept before; empty when nothing was."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text") or ""
        kept = self.cleaned_data.get("upload")
        if file:
            return file.read(MOST_BYTES + 1)
        if text.strip() or kept is None:
            return text.strip().encode("utf-8", "replace")
        return bytes(kept.content)

    @cached_property
    def plan(self) -> Plan | None:
        """The dry run; None when nothing was brought along. Raises NotThisFormat."""
        if not self.content:
            return None
        module = self.cleaned_data["module"]
        return plan_import(
            self.content,
            category=QuestionCategory(path=shelf_path(module)),
            language=module.locale.language_code,
        )

    @property
    def taken(self) -> list[Planned]:
        return [line for line in self.plan.lines if self._is_taken(line)]

    @property
    def left_out(self) -> list[tuple[Planned, str]]:
        """What will not be asked, each with the reason."""
        return [
            (line, line.reason or _("It is in another language than the module."))
            for line in self.plan.lines
            if not self._is_taken(line)
        ]

    def _is_taken(self, line: Planned) -> bool:
        code = self.cleaned_data["module"].locale.language_code
        return line.outcome != Outcome.REFUSED and line.language == code

    def keep(self) -> QuestionUpload | None:
        """The file as it will be imported; the one kept before where that is it."""
        if not self.content:
            return None
        before, file = self.cleaned_data.get("upload"), self.cleaned_data.get("file")
        module = self.cleaned_data["module"]
        is_same = before and bytes(before.content) == self.content
        if is_same and before.locale_id == module.locale_id:
            return before
        return keep_questions(
            self.content,
            name=file.name if file else "",
            locale=module.locale,
            category=shelf_of(module),
            by=self.by,
        )


MayBeWritten = forms.formset_factory(
    QuestionRowForm,
    formset=WrittenQuestions,
    extra=QUESTIONS,
    max_num=QUESTIONS,
    validate_max=True,
    absolute_max=QUESTIONS,
)
