from decimal import ROUND_DOWN, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.warned import Limits, Threshold

from .cohort import Cohort
from .enrolment import Enrolment


class WarningRules(models.Model):
    """Of what a cohort warns its participants. Without a row it warns of nothing."""

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, related_name="warning_rules"
    )
    below = models.PositiveSmallIntegerField(
        _("attendance below, in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    in_a_row = models.PositiveSmallIntegerField(
        _("sessions missed in a row"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    when_unreachable = models.BooleanField(
        _("what the course asks for cannot be reached any more"), default=False
    )

    class Meta:
        verbose_name = _("rules of warnings")
        verbose_name_plural = _("rules of warnings")

    def __str__(self):
        return str(self.cohort)

    def limits(self, needed: int) -> Limits:
        """`needed` is the percentage the course asks for."""
        return Limits(self.below, self.in_a_row, self.when_unreachable, needed)


class AttendanceWarning(models.Model):
    """A threshold one participant has passed, after which of their marks.

    `figure` is the percentage, or the number of sessions missed in a row. `is_sent`:
    the letter was about this one and not about a more severe one beside it.
    """

    NAMES = {
        Threshold.UNREACHABLE: _("Cannot be reached any more"),
        Threshold.MANDATORY: _("Missed a session that must be attended"),
        Threshold.BELOW: _("Below the limit"),
        Threshold.IN_A_ROW: _("Missed in a row"),
    }

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="warnings"
    )
    threshold = models.CharField(
        _("threshold"), max_length=20, choices=[(t.value, n) for t, n in NAMES.items()]
    )
    after_event = models.PositiveBigIntegerField(_("after which mark"))
    figure = models.DecimalField(_("figure"), max_digits=6, decimal_places=2)
    limit = models.PositiveSmallIntegerField(_("limit"))
    is_sent = models.BooleanField(_("sent"), default=False)
    warned_at = models.DateTimeField(_("warned at"))

    class Meta:
        ordering = ["-warned_at", "-pk"]
        verbose_name = _("attendance warning")
        verbose_name_plural = _("attendance warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "threshold", "after_event"],
                name="one_warning_per_threshold_and_mark",
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.threshold}"

    @property
    def sessions(self) -> int:
        """The figure where it is a number of sessions."""
        return int(self.figure)

    @property
    def percent(self) -> Decimal:
        """The figure cut to a tenth: 79.96 is never shown as the 80 it is not."""
        return self.figure.quantize(Decimal("0.1"), ROUND_DOWN)
