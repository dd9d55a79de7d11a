"""One screen for a lesson and the questions of its quiz."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.actions.quick import NewQuestion
from courses.models import CoursePage, ModulePage

QUESTIONS = 5
CHOICES = 4


class ModuleChoiceField(forms.ModelChoiceField):
    """Modules under the titles of their courses, which are read once."""

    @cached_property
    def _courses(self) -> dict[str, str]:
        return dict(CoursePage.objects.values_list("path", "title"))

    def label_from_instance(self, module):
        course = self._courses.get(module.path[: -module.steplen], "")
        return f"{course} › {module.title} ({module.locale.language_code})"


class LessonForm(forms.Form):
    module = ModuleChoiceField(
        label=gettext_lazy("Module"), queryset=ModulePage.objects.none()
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the lesson"),
        max_length=200,
        help_text=gettext_lazy("Say something: “Where to talk to a presumed victim”."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
    )

    def __init__(self, *args, modules, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = modules


class QuestionRowForm(forms.Form):
    """One question; a row left empty altogether is no question."""

    stem = forms.CharField(
        label=gettext_lazy("Question"), max_length=1000, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(CHOICES):
            self.fields[f"choice_{place}"] = forms.CharField(
                label=_("Choice %(number)s") % {"number": place + 1},
                max_length=500,
                required=False,
            )
        self.fields["right"] = forms.TypedChoiceField(
            label=_("Which choice is right"),
            choices=[(place, str(place + 1)) for place in range(CHOICES)],
            coerce=int,
            initial=0,
            widget=forms.RadioSelect,
        )

    def has_changed(self) -> bool:
        """Another radio button alone is not yet a question."""
        return bool({"stem", *self._choice_names()} & set(self.changed_data))

    def _choice_names(self) -> list[str]:
        return [f"choice_{place}" for place in range(CHOICES)]

    def rows(self) -> list[tuple]:
        """Each choice's text field with its radio button, for the template."""
        radios = list(self["right"])
        fields = [self[name] for name in self._choice_names()]
        return list(zip(fields, radios, strict=True))

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("stem") and "stem" not in self.errors:
            self.add_error("stem", _("Write the question."))
        texts = [cleaned.get(name, "") for name in self._choice_names()]
        if len([text for text in texts if text]) < 2:
            self.add_error("choice_1", _("Write at least two choices."))
        right = cleaned.get("right")
        if right is not None and not texts[right]:
            message = _("The choice marked as right is empty.")
            self.add_error(f"choice_{right}", message)
        return cleaned

    def new_question(self) -> NewQuestion:
        """Empty choices are left out; the right one stays the right one."""
        texts = [self.cleaned_data[name] for name in self._choice_names()]
        right = texts[self.cleaned_data["right"]]
        before = texts[: self.cleaned_data["right"]]
        return NewQuestion(
            stem=self.cleaned_data["stem"],
            choices=[text for text in texts if text],
            right=len([text for text in before if text]) if right else 0,
        )


class WrittenQuestions(forms.BaseFormSet):
    def new_questions(self) -> list[NewQuestion]:
        return [form.new_question() for form in self.forms if form.has_changed()]


class BaseQuestionRows(WrittenQuestions):
    def clean(self):
        if not any(self.errors) and not self.new_questions():
            raise forms.ValidationError(_("Write at least one question."))


QuestionRows = forms.formset_factory(
    QuestionRowForm,
    formset=BaseQuestionRows,
    extra=QUESTIONS,
    max_num=QUESTIONS,
    validate_max=True,
    absolute_max=QUESTIONS,
)
