from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosedPeriod(models.Model):
    """Days whose figures have gone out: a report over them says the same ever after."""

    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    closed_at = models.DateTimeField(_("closed at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["-last", "first"]
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "last"],
                name="a_period_closes_once",
                violation_error_message=_("This period is closed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")),
                name="closed_period_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.first} - {self.last}"


class FrozenAnswer(models.Model):
    """What one report said of one closed period, as it was then; never updated.

    `scope` is "all", "donor:PK" or "project:PK". The tables hold figures and words in
    `language`, no names of people.
    """

    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, related_name="answers"
    )
    report = models.CharField(_("report"), max_length=60)
    scope = models.CharField(_("scope"), max_length=40)
    language = models.CharField(_("language"), max_length=10)
    tables = models.JSONField(_("tables"))

    class Meta:
        verbose_name = _("frozen figures")
        verbose_name_plural = _("frozen figures")
        constraints = [
            models.UniqueConstraint(
                fields=["period", "report", "scope", "language"],
                name="one_answer_per_closed_period",
            )
        ]

    def __str__(self):
        return f"{self.report} {self.scope} {self.period_id}"
