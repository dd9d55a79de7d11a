"""New quiz: one screen, one button."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from courses.actions.importing import may_import
from courses.actions.quick import may_publish
from courses.actions.quick_quiz import MadeQuiz, add_quiz
from courses.forms.quick_quiz import MayBeWritten, NewQuizForm

from .quick import modules_for


def new_quiz(request: HttpRequest) -> HttpResponse:
    modules = modules_for(request.user)
    if not modules.exists() or not may_import(request.user):
        raise PermissionDenied
    data, files = request.POST or None, request.FILES or None
    first = request.GET.get("module", "")
    initial = {"module": first if first.isdecimal() else None}
    form = NewQuizForm(data, files, modules=modules, by=request.user, initial=initial)
    rows = MayBeWritten(data, prefix="questions")
    if request.method == "POST":
        is_right = all([form.is_valid(), rows.is_valid()])
        if is_right and (form.content or rows.new_questions()):
            return _make(request, form, rows)
        _say_what_is_missing(request, is_right)
    return _shown(request, form, rows, may_publish(modules[0], request.user))


def _make(request, form: NewQuizForm, rows) -> HttpResponse:
    made = add_quiz(
        form.cleaned_data["module"],
        title=form.cleaned_data["title"],
        purpose=form.cleaned_data["purpose"],
        questions=rows.new_questions(),
        upload=form.keep(),
        by=request.user,
    )
    edit = reverse("wagtailadmin_pages:edit", args=[made.quiz.pk])
    button = messages.button(edit, _("Edit the quiz"))
    messages.success(request, _outcome(made), buttons=[button])
    return redirect("wagtailadmin_explore", form.cleaned_data["module"].pk)


def _outcome(made: MadeQuiz) -> str:
    if made.is_live:
        text = ngettext(
            "“%(title)s” is published, with %(n)s question.",
            "“%(title)s” is published, with %(n)s questions.",
            made.questions,
        )
    else:
        text = ngettext(
            "“%(title)s” and its %(n)s question are sent to the reviewer.",
            "“%(title)s” and its %(n)s questions are sent to the reviewer.",
            made.questions,
        )
    return text % {"title": made.quiz.title, "n": made.questions}


def _say_what_is_missing(request, is_right: bool) -> None:
    text = _("Nothing is saved yet. Look at the marked fields.")
    if is_right:
        text = _("Nothing is saved yet. Write a question, or bring some along.")
    messages.error(request, text)


def _shown(request, form: NewQuizForm, rows, is_publisher: bool) -> HttpResponse:
    """The screen; after a mistake with the file kept, and with what is left out."""
    context = {
        "form": form,
        "rows": rows,
        "may_publish": is_publisher,
        "header_title": _("New quiz"),
    }
    if form.is_read:
        is_pasted = form.data.get("text", "").strip()
        kept = None if is_pasted else form.keep()
        context |= {"kept": kept, "left_out": form.left_out, "taken": form.taken}
    return render(request, "courses/admin/quick_quiz.html", context)
