from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.conference.presence import Thresholds

from .attendance import Session
from .cohort import Cohort
from .private import private_storage

_PERCENT = [MinValueValidator(1), MaxValueValidator(100)]


class OnlineRules(models.Model):
    """How a cohort's sessions on line are joined and marked.

    Without a row the defaults hold: `OnlineRules.of(cohort)` gives them.
    """

    cohort = models.OneToOneField(
        Cohort, on_delete=models.CASCADE, related_name="online_rules"
    )
    present_percent = models.PositiveSmallIntegerField(
        _("present from, percent of the session"), default=80, validators=_PERCENT
    )
    partly_percent = models.PositiveSmallIntegerField(
        _("late or left early from, percent of the session"),
        default=40,
        validators=_PERCENT,
    )
    link_minutes = models.PositiveSmallIntegerField(
        _("link shown from, minutes before the start"),
        default=15,
        validators=[MaxValueValidator(1440)],
    )

    class Meta:
        verbose_name = _("rules of sessions on line")
        verbose_name_plural = _("rules of sessions on line")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(partly_percent__lte=models.F("present_percent")),
                name="partly_is_less_than_present",
            )
        ]

    def __str__(self):
        return str(self.cohort)

    def clean(self):
        percents = self.partly_percent, self.present_percent
        if None not in percents and percents[0] > percents[1]:
            raise ValidationError(
                {"partly_percent": _("This is more than what makes somebody present.")}
            )

    @classmethod
    def of(cls, cohort: Cohort) -> "OnlineRules":
        """The cohort's, or the defaults, which are not saved."""
        try:
            return cohort.online_rules
        except cls.DoesNotExist:
            return cls(cohort=cohort)

    def link_opens_at(self, session: Session) -> datetime:
        """From when on participants see the address."""
        return session.starts_at - timedelta(minutes=self.link_minutes)

    @property
    def thresholds(self) -> Thresholds:
        return Thresholds(self.present_percent, self.partly_percent)


class ConferenceUpload(models.Model):
    """A conference's report as it arrived, kept between its dry run and its import.

    Once applied the file is gone and so is who was decided about; `result` keeps
    figures. `decisions`: by the first line of somebody a place's key, or 0 for nobody.
    """

    class Order(models.TextChoices):
        DAY_FIRST = "dmy", _("The day: 31/12/2026")
        MONTH_FIRST = "mdy", _("The month: 12/31/2026")

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="conference_uploads"
    )
    name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(
        storage=private_storage, upload_to="conferences/", blank=True
    )
    timezone = models.CharField(_("times by the clock of"), max_length=64)
    order = models.CharField(
        _("dates begin with"), max_length=3, choices=Order, blank=True
    )
    decisions = models.JSONField(default=dict)
    marks_the_rest = models.BooleanField(
        _("mark who is not in the report as absent"), default=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("applied at"), null=True)
    result = models.JSONField(_("result"), default=dict)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report of a conference")
        verbose_name_plural = _("reports of conferences")

    def __str__(self):
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)
