from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, InlinePanel
from wagtail.models import Page

from courses.fields import ChoiceListField
from courses.forms.pages import QuizForm
from courses.forms.release import CELLS
from courses.release import Preset

from .quiz_panels import AFTERWARDS, OPEN_ANSWERS, RULES


class QuizPage(Page):
    """A quiz in one language. Its form posts to whoever runs the attempts."""

    class Purpose(models.TextChoices):
        FINAL = "final", _("Final quiz")
        PRACTICE = "practice", _("Practice")
        PRE_TEST = "pre_test", _("Pre-test")
        POST_TEST = "post_test", _("Post-test")

    class Grading(models.TextChoices):
        HIGHEST = "highest", _("Highest attempt")
        LAST = "last", _("Last attempt")
        FIRST = "first", _("First attempt")
        AVERAGE = "average", _("Average of the attempts")

    class TimeUp(models.TextChoices):
        SUBMIT = "submit", _("What is saved is handed in by itself")
        GRACE = "grace", _("Handing in is possible for a while, answering is not")

    class Behaviour(models.TextChoices):
        EXAM = "exam", _("Exam: feedback comes after handing in")
        PRACTICE = "practice", _("Practice: each answer can be checked, once")
        TRIES = "tries", _("Learning: an answer can be tried several times")

    intro = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("What it is about. The rules are written by themselves."),
    )
    purpose = models.CharField(
        _("purpose"), max_length=20, choices=Purpose, default=Purpose.FINAL
    )
    is_required = models.BooleanField(
        _("required"),
        default=True,
        help_text=_("Without passing it the course cannot be completed."),
    )
    pass_percent = models.DecimalField(
        _("pass mark, percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(60),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: as many as one likes."),
    )
    cooldown_minutes = models.PositiveIntegerField(
        _("minutes between attempts"), default=0
    )
    minutes = models.PositiveSmallIntegerField(
        _("time limit, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    time_up = models.CharField(
        _("when the time is up"), max_length=20, choices=TimeUp, default=TimeUp.SUBMIT
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes to hand in afterwards"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Whoever does not hand in by then gets no marks."),
    )
    is_supervised = models.BooleanField(
        _("supervised"),
        default=False,
        help_text=_("Begins only with the code of a room or with a ticket."),
    )
    behaviour = models.CharField(
        _("how it is answered"),
        max_length=20,
        choices=Behaviour,
        default=Behaviour.EXAM,
        help_text=_("Checking while one answers is for practice only."),
    )
    tries = models.PositiveSmallIntegerField(
        _("tries at each question"),
        default=3,
        validators=[MinValueValidator(2), MaxValueValidator(9)],
    )
    try_penalty = models.PositiveSmallIntegerField(
        _("each wrong try takes, percent of the marks"),
        default=33,
        validators=[MaxValueValidator(100)],
    )
    is_shuffled = models.BooleanField(_("shuffle the choices"), default=True)
    grading = models.CharField(
        _("which attempt counts"),
        max_length=20,
        choices=Grading,
        default=Grading.HIGHEST,
    )

    replaces = models.UUIDField(
        _("the new version of"), null=True, blank=True, editable=False
    )
    release = models.CharField(
        _("what participants see afterwards"),
        max_length=20,
        default=Preset.PASSED,
        choices=[
            (
                Preset.PASSED,
                _("What was right once passed, or when no attempt is left"),
            ),
            (Preset.AT_ONCE, _("Everything at once")),
            (Preset.CLOSED, _("Only the points until the quiz has closed")),
            (Preset.CUSTOM, _("As the table says")),
        ],
        help_text=_(
            "A quiz closes when its cohort and its people have a closing time; who "
            "teaches the cohort gives it."
        ),
    )
    release_custom = ChoiceListField(
        _("the table"),
        choices=CELLS,
        blank=True,
        help_text=_(
            "Only for “As the table says”. Without their own answers nothing of the "
            "questions is shown."
        ),
    )
    is_marked_by_name = models.BooleanField(
        _("marked by name"),
        default=False,
        help_text=_("Markers see who wrote an answer. Otherwise they see a number."),
    )
    second_mark_percent = models.PositiveSmallIntegerField(
        _("second mark, percent"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("So many of the open answers another marker marks, too, unseen."),
    )
    second_mark_tolerance = models.PositiveSmallIntegerField(
        _("two marks may differ by, percent"),
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("Of the marks of the answer. What differs more is settled."),
    )

    content_panels = [
        *Page.content_panels,
        "intro",
        InlinePanel("slots", label=_("Question"), heading=_("Questions")),
        HelpPanel(template="courses/admin/quiz_notes.html"),
        RULES,
        AFTERWARDS,
        InlinePanel(
            "bands",
            label=_("Sentence"),
            heading=_("Overall feedback"),
            classname="collapsed",
        ),
        OPEN_ANSWERS,
    ]
    parent_page_types = ["courses.ModulePage", "courses.CoursePage"]
    private_page_options = []
    subpage_types = []
    template = "courses/quiz_page.html"
    base_form_class = QuizForm
    page_description = _("Questions with rules; marked by itself.")

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")

    @property
    def tries_allowed(self) -> int:
        """How often an answer can be checked while one answers; none in an exam."""
        if self.purpose != self.Purpose.PRACTICE:
            return 0
        once = int(self.behaviour == self.Behaviour.PRACTICE)
        return self.tries if self.behaviour == self.Behaviour.TRIES else once

    @property
    def grace(self) -> int | None:
        """Minutes to hand in after the deadline; None: it is handed in by itself."""
        return self.grace_minutes if self.time_up == self.TimeUp.GRACE else None
