import json
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
)
from wagtail.admin.widgets import AdminTagWidget
from wagtail.models import Orderable, Page

from courses.fields import ChoiceListField
from courses.forms.pages import QuizForm
from courses.forms.release import CELLS, ReleaseTable
from courses.release import Preset

from .question import Question, QuestionCategory

# Wagtail's own script hides what another field makes idle; without it all is shown.
_RULED = {"data-controller": "w-rules", "data-action": "change->w-rules#resolve"}


def _only_with(field: str, value: str) -> dict[str, str]:
    rule = json.dumps({field: [value]})
    return {"data-w-rules-target": "show", "data-w-rules": rule}


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
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel("is_required"),
                FieldPanel("pass_percent"),
                FieldPanel("attempts_allowed"),
                FieldPanel("cooldown_minutes"),
                FieldPanel("minutes"),
                FieldPanel("time_up"),
                FieldPanel("grace_minutes", attrs=_only_with("time_up", "grace")),
                FieldPanel("is_supervised"),
                FieldPanel("behaviour"),
                FieldPanel("tries", attrs=_only_with("behaviour", "tries")),
                FieldPanel("try_penalty", attrs=_only_with("behaviour", "tries")),
                FieldPanel("is_shuffled"),
                FieldPanel("grading"),
            ],
            heading=_("Rules"),
            attrs=_RULED,
        ),
        MultiFieldPanel(
            [
                FieldPanel("release"),
                FieldPanel(
                    "release_custom",
                    widget=ReleaseTable,
                    attrs=_only_with("release", "custom"),
                ),
            ],
            heading=_("After handing in"),
            attrs=_RULED,
        ),
        InlinePanel(
            "bands",
            label=_("Sentence"),
            heading=_("Overall feedback"),
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("is_marked_by_name"),
                FieldPanel("second_mark_percent"),
                FieldPanel("second_mark_tolerance"),
            ],
            heading=_("Open answers"),
            classname="collapsed",
        ),
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


_IS_A_DRAW = (
    models.Q(draw_from__isnull=False)
    | ~models.Q(draw_tags="")
    | models.Q(draw_difficulty__isnull=False)
)


class Slot(Orderable):
    """A place in a quiz: one question, or so many drawn from the bank.

    A draw asks for what is on a shelf, carries all of its tags and is as difficult;
    what it leaves empty does not matter.
    """

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="slots")
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="slots",
    )
    draw_from = models.ForeignKey(
        QuestionCategory,
        verbose_name=_("or draw from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="slots",
    )
    draw_tags = models.CharField(
        _("with the tags"),
        max_length=255,
        blank=True,
        help_text=_("A question must carry all of them."),
    )
    draw_difficulty = models.PositiveSmallIntegerField(
        _("with the difficulty"),
        null=True,
        blank=True,
        choices=Question.Difficulty,
    )
    draw_count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1)]
    )
    marks = models.DecimalField(
        _("marks"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    panels = [
        "question",
        FieldRowPanel(
            [
                FieldPanel("draw_from"),
                FieldPanel("draw_tags", widget=AdminTagWidget(free_tagging=False)),
                FieldPanel("draw_difficulty"),
            ]
        ),
        FieldRowPanel([FieldPanel("draw_count"), FieldPanel("marks")]),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(question__isnull=False) & ~_IS_A_DRAW
                | models.Q(question__isnull=True) & _IS_A_DRAW,
                name="slot_is_a_question_or_a_draw",
                violation_error_message=_(
                    "Choose either one question, or what to draw from."
                ),
            )
        ]

    @property
    def is_draw(self) -> bool:
        return self.question_id is None

    @property
    def asks_for(self) -> int:
        """How many questions of an attempt stand here."""
        return self.draw_count if self.is_draw else 1
