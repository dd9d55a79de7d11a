"""Where the Wagtail admin leads to our own screens."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from . import records
from .actions.importing import may_import
from .actions.quiz_versions import may_renew
from .models import ModulePage, QuizPage
from .views.quick import modules_for, new_lesson_with_quiz
from .views.quick_quiz import new_quiz

TITLE = _("New lesson with a quiz")
SHORT = _("New lesson")
NEW_QUIZ = _("New quiz")
TO_REVIEW = _("Questions to look at again")
NEW_VERSION = _("New version for new cohorts")


class QuickMenuItem(MenuItem):
    def is_shown(self, request):
        return modules_for(request.user).exists()


def admin_urls():
    return [
        path("teaching/new/", new_lesson_with_quiz, name="courses_new_lesson"),
        path("teaching/new-quiz/", new_quiz, name="courses_new_quiz"),
    ]


def menu_item():
    address = reverse("courses_new_lesson")
    return QuickMenuItem(SHORT, address, icon_name="doc-full", order=155)


def quiz_menu_item():
    address = reverse("courses_new_quiz")
    return QuickMenuItem(NEW_QUIZ, address, icon_name="help", order=156)


class ToReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return may_import(request.user)


def to_review_menu_item():
    """Among the reports: the questions whose law may have changed (QZ-50)."""
    bank = reverse("wagtailsnippets_courses_question:list")
    return ToReviewMenuItem(TO_REVIEW, f"{bank}?state=due", icon_name="help", order=800)


def module_buttons(page, user, next_url=None, view_name=None, **kwargs):
    """On a module, in its header and in the list of pages."""
    is_module = page.specific_class is ModulePage
    if is_module and page.permissions_for_user(user).can_add_subpage():
        address = f"{reverse('courses_new_lesson')}?module={page.pk}"
        yield Button(TITLE, address, icon_name="doc-full", priority=15)
        address = f"{reverse('courses_new_quiz')}?module={page.pk}"
        yield Button(NEW_QUIZ, address, icon_name="help", priority=16)


def quiz_buttons(page, user, next_url=None, view_name=None, **kwargs):
    """On a quiz whose questions cannot be changed any more (QZ-45)."""
    is_quiz = page.specific_class is QuizPage
    if is_quiz and records.is_sat(page.translation_key) and may_renew(page, user):
        address = reverse("courses_bank:renew_quiz", args=[page.pk])
        yield Button(NEW_VERSION, address, icon_name="copy", priority=16)
