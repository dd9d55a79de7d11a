from django.db import models
from django.utils.translation import gettext_lazy as _

from .cohort import Cohort


class PaperVariant(models.Model):
    """A quiz as it was printed for a cohort, lettered A, B, C. Never updated.

    `dealt` is its questions in their places: [{"version": key, "question": uuid,
    "order": [option ids], "marks": decimal as text}]. `rules` is what an attempt on it
    is judged by, as `Attempt.rules`. Variants printed together share `printed_at`.
    """

    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="paper_variants"
    )
    quiz_key = models.UUIDField(_("quiz"))
    letter = models.CharField(_("variant"), max_length=1)
    dealt = models.JSONField()
    rules = models.JSONField(_("rules"))
    printed_at = models.DateTimeField(_("printed at"))

    class Meta:
        ordering = ["cohort", "quiz_key", "letter"]
        verbose_name = _("variant on paper")
        verbose_name_plural = _("variants on paper")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "quiz_key", "letter"],
                name="one_paper_variant_per_letter",
            )
        ]

    def __str__(self):
        return f"{self.quiz_key} {self.letter}"
