from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attendance import Session
from .cohort import Cohort

LONGEST = 12 * 60


class CheckInRules(models.Model):
    """How the people of a cohort may mark themselves; without a row as it says here."""

    class OffSite(models.TextChoices):
        FLAG = "flag", _("Accept it and show it to the trainer")
        REFUSE = "refuse", _("Refuse it")

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, related_name="check_in_rules"
    )
    is_open = models.BooleanField(
        _("participants may check themselves in"), default=True
    )
    early_minutes = models.PositiveSmallIntegerField(
        _("opens so many minutes before the start"),
        default=15,
        validators=[MaxValueValidator(LONGEST)],
    )
    limit_minutes = models.PositiveSmallIntegerField(
        _("closes so many minutes after the start"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST)],
        help_text=_("Empty: at the end of the session."),
    )
    off_site = models.CharField(
        _("a code from elsewhere"),
        max_length=10,
        choices=OffSite,
        default=OffSite.FLAG,
        help_text=_(
            "Elsewhere is another network than the one the room's page was opened "
            "from. A phone that uses its own line is elsewhere, too."
        ),
    )

    class Meta:
        verbose_name = _("rules of checking in")
        verbose_name_plural = _("rules of checking in")

    def __str__(self):
        return str(self.cohort)

    @classmethod
    def of(cls, cohort: Cohort) -> "CheckInRules":
        """The cohort's own, or those of everybody."""
        try:
            return cohort.check_in_rules
        except cls.DoesNotExist:
            return cls(cohort=cohort)

    def opens_at(self, session: Session) -> datetime:
        """The first moment at which one may check in; it ends by `closes_at`."""
        return session.starts_at - timedelta(minutes=self.early_minutes)


class SpentTicket(models.Model):
    """A ticket of `lms.check_in_ticket` that was used: no other process takes it again.

    Says nothing about anybody; needed only as long as the ticket would be good.
    """

    uid = models.UUIDField(primary_key=True)
    spent_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return str(self.uid)
