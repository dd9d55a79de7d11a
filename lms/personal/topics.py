"""What people call it themselves: the words of the page of one's own data."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """In the order in which somebody reads them."""

    YOU = "you", _("Who you are")
    COURSES = "courses", _("Your courses")
    ATTENDANCE = "attendance", _("Your attendance")
    ANSWERS = "answers", _("Your answers and results")
    CERTIFICATES = "certificates", _("Your certificates")
    LETTERS = "letters", _("Letters to you")
    WISHES = "wishes", _("What you asked for and agreed to")
    ACCOUNT = "account", _("Your account")

    @property
    def explanation(self) -> str | Promise:
        return _EXPLANATIONS[self]


_EXPLANATIONS = {
    Topic.YOU: _("Name, how to reach you, where you work and what for"),
    Topic.COURSES: _("Places in cohorts, lessons done, and what was decided about you"),
    Topic.ATTENDANCE: _("Marks in the registers of sessions, and every change of one"),
    Topic.ANSWERS: _("Quizzes, what you answered, and the marks you got"),
    Topic.CERTIFICATES: _("The papers and what stands on them"),
    Topic.LETTERS: _("What we sent you, when and where to"),
    Topic.WISHES: _("Corrections, consents, copies of your data, being forgotten"),
    Topic.ACCOUNT: _("How you sign in and what you may do; never your password"),
}
