"""Staff sit a quiz as a participant does, and nothing of it is kept (QZ-57)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.widgets import Button

from courses.models import QuizPage
from lms import access, previewing
from lms.actions.attempt_refusals import AttemptRefused, TamperedAnswer

from .answer_form import posted

NAME = "preview"


@never_cache
@require_safe
@login_required
def preview(request, pk) -> HttpResponse:
    """The questions, or what the answers came to; before that what this is."""
    quiz = _quiz(request, pk)
    current = _current(request, quiz)
    if current is None:
        return render(request, "lms/preview.html", {"quiz": quiz})
    return _shown(request, quiz, current)


@require_POST
@login_required
def begin(request, pk) -> HttpResponse:
    """Deal anew; what was looked at before is gone."""
    quiz = _quiz(request, pk)
    try:
        _keep(request, previewing.begin(quiz))
    except AttemptRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("lms:preview", pk)


@require_POST
@login_required
def hand_in(request, pk) -> HttpResponse:
    quiz = _quiz(request, pk)
    current = _current(request, quiz)
    if current is None or current.is_handed_in:
        return redirect("lms:preview", pk)
    answers = posted(request).answers
    try:
        current.hand_in(answers)
    except TamperedAnswer as refusal:
        messages.error(request, str(refusal))
        fields = {name: request.POST.getlist(name) for name in request.POST}
        return _shown(request, quiz, current, fields, status=400)
    _keep(request, current)
    return redirect("lms:preview", pk)


def preview_button(page, user, next_url=None, view_name=None, **kwargs):
    """On a quiz, in the header of its editor."""
    if page.specific_class is QuizPage and page.permissions_for_user(user).can_edit():
        address = reverse("lms:preview", args=[page.pk])
        yield Button(_("Sit it as a participant"), address, icon_name="view")


def _quiz(request, pk) -> QuizPage:
    """As it was written last for its editors, as it is published for other staff.

    Whoever takes part in the course sees nothing beforehand (QZ-04).
    """
    quiz = get_object_or_404(QuizPage, pk=pk)
    key = access.course_key_of(quiz)
    if access.enrolment_for(request.user, key):
        raise Http404
    if quiz.permissions_for_user(request.user).can_edit():
        return quiz.get_latest_revision_as_object()
    if not quiz.live or not access.reads_along(request.user, quiz, key):
        raise Http404
    return quiz


def _current(request, quiz: QuizPage) -> previewing.Preview | None:
    """The look at this quiz that was begun; one of an edited quiz is thrown away."""
    data = request.session.get(NAME)
    if not data or data["quiz"] != str(quiz.translation_key):
        return None
    current = previewing.found(data)
    if current.is_of(quiz):
        return current
    del request.session[NAME]
    messages.info(request, _("The quiz was edited since. Begin again."))
    return None


def _keep(request, current: previewing.Preview) -> None:
    request.session[NAME] = previewing.kept(current)


def _shown(request, quiz, current, posted=None, *, status=200) -> HttpResponse:
    language = get_language()
    context = {"quiz": quiz, "is_handed_in": current.is_handed_in, "begun": True}
    if current.is_handed_in:
        earned, out_of = current.points()
        items = current.review(language)
        context |= {"items": items, "earned": earned, "out_of": out_of}
    else:
        context |= {"items": current.sheet(language, posted)}
    return render(request, "lms/preview.html", context, status=status)
