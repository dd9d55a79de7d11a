from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .response import Response, ResponseScore


class MarkingClaim(models.Model):
    """Who is marking an answer just now. It runs out by itself and proves nothing."""

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="claim"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ends_at = models.DateTimeField(_("held until"))

    class Meta:
        verbose_name = _("claim of an answer")
        verbose_name_plural = _("claims of answers")

    def __str__(self):
        return f"{self.response_id} {self.by_id}"


class SecondMarkQuerySet(models.QuerySet):
    def agreement(self) -> dict[str, int]:
        """How far two markers agree: {"total", "same", "near"}, near being both."""
        same = models.Q(score=models.F("first__score"))
        return self.aggregate(
            total=models.Count("pk"),
            same=models.Count("pk", filter=same),
            near=models.Count("pk", filter=models.Q(is_apart=False)),
        )


class SecondMark(models.Model):
    """What another marker gave without seeing the first mark. It counts for nothing.

    `is_apart` says whether the two differed by more than the quiz allows.
    """

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="second_mark"
    )
    first = models.ForeignKey(ResponseScore, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    levels = models.JSONField(_("levels"), default=dict)
    comment = models.TextField(_("comment"), blank=True)
    is_apart = models.BooleanField(_("to settle"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("given at"))

    objects = SecondMarkQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("second mark")
        verbose_name_plural = _("second marks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0),
                name="second_mark_is_not_negative",
            )
        ]

    def __str__(self):
        return f"{self.response_id} {self.score}"
