"""Facilitator notes: on a page of their own, for those who teach the lesson."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.cache import never_cache

from courses import gates
from courses.models import LessonPage


@login_required
@never_cache
def facilitator_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """In the lesson's own language, whatever the reader's is."""
    lessons = LessonPage.objects.select_related("locale")
    lesson = get_object_or_404(lessons, pk=pk)
    if not gates.may_facilitate(request.user, lesson):
        raise PermissionDenied
    notes = [block.value for block in lesson.facilitator_notes]
    context = {"lesson": lesson, "notes": notes[0] if notes else None}
    with translation.override(lesson.locale.language_code):
        return render(request, "courses/facilitator_notes.html", context)
