from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.widgets import AdminTagWidget
from wagtail.models import Orderable

from .question import Question
from .question_category import QuestionCategory
from .quiz import QuizPage

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
