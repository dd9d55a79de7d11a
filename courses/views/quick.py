"""New lesson with a quiz: one screen, one button."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.actions.quick import Made, add_lesson_with_quiz, may_publish
from courses.forms.quick import LessonForm, QuestionRows
from courses.models import ModulePage


def modules_for(user) -> QuerySet[ModulePage]:
    """The modules this person may add a lesson to."""
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(user, ["add"])
    modules = ModulePage.objects.filter(pk__in=pages.values("pk"))
    return modules.select_related("locale").order_by("path")


def new_lesson_with_quiz(request: HttpRequest) -> HttpResponse:
    modules = modules_for(request.user)
    if not modules.exists():
        raise PermissionDenied
    data = request.POST or None
    first = request.GET.get("module", "")
    initial = {"module": first if first.isdecimal() else None}
    form = LessonForm(data, modules=modules, initial=initial)
    rows = QuestionRows(data, prefix="questions")
    is_sent = request.method == "POST"
    if is_sent and all([form.is_valid(), rows.is_valid()]):
        return _make(request, form.cleaned_data, rows)
    if is_sent:
        messages.error(request, _("Nothing is saved yet. Look at the marked fields."))
    context = {
        "form": form,
        "rows": rows,
        "may_publish": may_publish(modules[0], request.user),
        "header_title": _("New lesson with a quiz"),
    }
    return render(request, "courses/admin/quick.html", context)


def _make(request: HttpRequest, data: dict, rows) -> HttpResponse:
    made = add_lesson_with_quiz(
        data["module"],
        title=data["title"],
        text=data["text"],
        questions=rows.new_questions(),
        by=request.user,
    )
    messages.success(request, _outcome(made), buttons=_buttons(made))
    return redirect("wagtailadmin_explore", data["module"].pk)


def _outcome(made: Made) -> str:
    if made.is_live:
        text = _("“%(title)s” and its quiz are published.")
    else:
        text = _("“%(title)s”, its quiz and its questions are sent to the reviewer.")
    return text % {"title": made.lesson.title}


def _buttons(made: Made) -> list:
    def edit(page, label):
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return messages.button(address, label)

    return [
        edit(made.lesson, _("Edit the lesson")),
        edit(made.quiz, _("Edit the quiz")),
    ]
