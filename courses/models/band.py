from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from .quiz import QuizPage


class FeedbackBand(TranslatableMixin, Orderable):
    """What to say from so many percent on, of the whole quiz or of one topic."""

    quiz = ParentalKey(QuizPage, on_delete=models.CASCADE, related_name="bands")
    from_percent = models.DecimalField(
        _("from percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    topic = models.CharField(
        _("topic"),
        max_length=80,
        blank=True,
        help_text=_("As its questions name it. Empty: of the whole quiz."),
    )
    text = models.CharField(
        _("what to say"),
        max_length=500,
        help_text=_("Such as: Read module 2 again."),
    )

    panels = [
        FieldRowPanel([FieldPanel("from_percent"), FieldPanel("topic")]),
        FieldPanel("text"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("band of overall feedback")
        verbose_name_plural = _("bands of overall feedback")

    def __str__(self):
        return self.text
