"""Steps with a question of the bank: retire it, use it again; see where it is asked."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets import Button

from courses.actions.importing import may_publish
from courses.actions.retiring import (
    QuestionInUse,
    check_deletable,
    restore_question,
    retire_question,
)
from courses.models import Question
from courses.usage import uses_of

from .exchange import BANK, OfBank


def edit_address(question: Question) -> str:
    return reverse("wagtailsnippets_courses_question:edit", args=[question.pk])


class OfQuestion(OfBank, TemplateView):
    """A page about one question, with the quizzes that ask it."""

    template_name = "courses/admin/question_step.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.question = get_object_or_404(Question, pk=kwargs["pk"])

    @cached_property
    def uses(self):
        return uses_of([self.question.translation_key])[self.question.translation_key]

    def get_page_subtitle(self):
        return str(self.question)

    def get_context_data(self, **kwargs):
        context = {"question": self.question, "uses": self.uses}
        return super().get_context_data(**kwargs) | context


class UsesView(OfQuestion):
    """In which quizzes it is asked."""

    page_title = gettext_lazy("Where it is asked")


class Step(OfQuestion):
    """Says what will happen, and has one button."""

    def is_allowed(self, user) -> bool:
        return may_publish(user)

    def get_context_data(self, **kwargs):
        context = {"explanation": self.explanation, "button": self.page_title}
        return super().get_context_data(**kwargs) | context

    def post(self, request, *args, **kwargs):
        messages.success(request, self.take(), buttons=self.buttons())
        return redirect(BANK)

    def buttons(self) -> list:
        return []


class RetireView(Step):
    page_title = gettext_lazy("Retire the question")
    explanation = gettext_lazy(
        "Nobody new is asked it: draws skip it, and quizzes that name it go on without"
        " it. Whoever has it before them answers it, and all results stay."
    )

    def take(self) -> str:
        retire_question(self.question, by=self.request.user)
        return _("The question is retired.")

    def buttons(self) -> list:
        address = reverse("courses_bank:restore", args=[self.question.pk])
        return [messages.button(address, _("Undo"))]


class RestoreView(Step):
    page_title = gettext_lazy("Use the question again")
    explanation = gettext_lazy("Quizzes ask it again, and draws may deal it.")

    def take(self) -> str:
        restore_question(self.question, by=self.request.user)
        return _("The question is in use again.")


def buttons_for(question: Question, user) -> list[Button]:
    """What can be done with it besides writing it."""
    key = [question.pk]
    uses = reverse("courses_bank:uses", args=key)
    found = [Button(UsesView.page_title, uses, icon_name="link", priority=21)]
    if may_publish(user):
        step = "restore" if question.retired_at else "retire"
        label = _STEPS[step].page_title
        address = reverse(f"courses_bank:{step}", args=key)
        found.append(Button(label, address, icon_name="folder", priority=25))
    return found


_STEPS = {"retire": RetireView, "restore": RestoreView}


def refuse_deletion(request, rows):
    """Wagtail asks before it deletes; an answer stops it, for one row or for many."""
    questions = [row for row in rows if isinstance(row, Question)]
    for question in questions:
        try:
            check_deletable(question)
        except QuestionInUse as refusal:
            messages.error(request, f"{question}: {refusal}")
            return redirect(edit_address(question) if len(rows) == 1 else BANK)
    return None
