"""A quiz that was sat: its new version, and what its editors should know of it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.actions.quiz_versions import may_renew, renew_quiz
from courses.models import QuizPage
from courses.screens.quiz_notes import stale_questions


class RenewQuizView(WagtailAdminTemplateMixin, TemplateView):
    """Says what a new version is, and makes it (QZ-45)."""

    page_title = gettext_lazy("New version for new cohorts")
    header_icon = "copy"
    template_name = "courses/admin/renew_quiz.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.quiz = get_object_or_404(QuizPage, pk=kwargs["pk"])
        if not may_renew(self.quiz, request.user):
            raise PermissionDenied

    def get_page_subtitle(self):
        return self.quiz.get_admin_display_title()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"quiz": self.quiz}

    def post(self, request, *args, **kwargs):
        new = renew_quiz(self.quiz, by=request.user)
        messages.success(request, _("Here is the new version. Change it and publish."))
        return redirect("wagtailadmin_pages:edit", new.pk)


def say_what_is_stale(request, page):
    """Wagtail's `after_publish_page`: the quiz is out, with this in it (QZ-50)."""
    if isinstance(page, QuizPage):
        for note in stale_questions(page):
            messages.warning(request, note)
