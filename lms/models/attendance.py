import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from lms.sums import is_expected

from .cohort import Cohort
from .enrolment import Enrolment
from .mark_status import MarkStatus
from .session_series import SessionSeries


def make_secret() -> str:
    return secrets.token_hex(20)


class SessionQuerySet(models.QuerySet):
    def live(self):
        return self.exclude(status=Session.Status.CANCELLED)

    def upcoming_for(self, enrolments, now):
        """Still to come or running, in the cohorts of these places."""
        length = models.ExpressionWrapper(
            Cast("minutes", models.IntegerField()) * timedelta(minutes=1),
            models.DurationField(),
        )
        ends = models.ExpressionWrapper(
            models.F("starts_at") + length, models.DateTimeField()
        )
        cohorts = [enrolment.cohort_id for enrolment in enrolments]
        return (
            self.live().filter(cohort__in=cohorts).alias(ends=ends).filter(ends__gt=now)
        )


class Session(models.Model):
    """One scheduled meeting of a cohort.

    The wall time and the cohort's zone are the promise; `starts_at` follows from them.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    class Register(models.TextChoices):
        OPEN = "open", _("Open")
        SIGNED = "signed", _("Signed off")

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    series = models.ForeignKey(
        SessionSeries,
        verbose_name=_("series"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    local_date = models.DateField(_("date"))
    local_time = models.TimeField(_("time"))
    starts_at = models.DateTimeField(_("starts at"), editable=False)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=90,
        validators=[MinValueValidator(5), MaxValueValidator(720)],
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    link = models.URLField(_("link"), blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    is_mandatory = models.BooleanField(
        _("must be attended"),
        default=False,
        help_text=_("Whatever the percentage: without it the course is not complete."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.PLANNED
    )
    register = models.CharField(
        _("register"), max_length=20, choices=Register, default=Register.OPEN
    )
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # When the time was corrected after the register was signed off (ATT-40).
    time_changed_at = models.DateTimeField(null=True, editable=False)
    status_set = models.SlugField(
        _("statuses"), max_length=40, default=MarkStatus.USUAL
    )
    secret = models.CharField(max_length=40, default=make_secret, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What the list it came from calls it, so that the list may come again.
    source_uid = models.CharField(max_length=255, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "starts_at"],
                condition=~models.Q(status="cancelled"),
                name="one_live_session_per_cohort_and_start",
                violation_error_message=_(
                    "The cohort has a session at this time already."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(register="open")
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
                name="signed_register_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(is_mandatory=False) | models.Q(is_required=True),
                name="session_that_must_be_attended_counts",
                violation_error_message=_(
                    "A session that must be attended counts for attendance."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.cohort.code} {self.local_date:%Y-%m-%d} {self.local_time:%H:%M}"

    def instant(self) -> datetime:
        """The start as an instant, from the wall time in the cohort's zone."""
        return datetime.combine(
            self.local_date, self.local_time, tzinfo=self.cohort.zone
        )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_due(self, now: datetime) -> bool:
        """Has its day come in the cohort's zone?"""
        return self.local_date <= now.astimezone(self.cohort.zone).date()

    @property
    def is_reopened(self) -> bool:
        """Signed off once, and open again for a correction."""
        return self.register == self.Register.OPEN and self.signed_at is not None

    @property
    def local_end(self) -> datetime:
        """The end as the clock shows it in the cohort's zone."""
        return self.ends_at.astimezone(self.cohort.zone)

    def is_done(self, now: datetime) -> bool:
        """Over, and its register asks nothing of anybody any more."""
        is_closed = self.register == self.Register.SIGNED
        is_closed = is_closed or self.status == self.Status.CANCELLED
        return is_closed and self.ends_at < now

    def expects(self, enrolment: Enrolment) -> bool:
        """Did this place in the cohort last while the session ran?

        A guest may have come to any session and is missed at none.
        """
        if enrolment.is_guest:
            return True
        return enrolment.active_from is not None and is_expected(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            active_from=enrolment.active_from,
            active_to=enrolment.active_to,
        )


class MarkQuerySet(models.QuerySet):
    def absent(self):
        """Missed the session and not excused."""
        return self.filter(status__credit=0, status__counts=True)


class Mark(models.Model):
    """The attendance of one enrolment at one session, as it stands now."""

    class Source(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        PERSONAL_CODE = "personal_code", _("Personal code")
        ROOM_CODE = "room_code", _("Room code")
        IMPORT = "import", _("Import")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="marks"
    )
    status = models.ForeignKey(
        MarkStatus,
        verbose_name=_("status"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="marks",
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes present"), null=True, blank=True
    )
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=20, choices=Source)
    version = models.PositiveIntegerField(default=1)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("marked at"))

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance mark")
        verbose_name_plural = _("attendance marks")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                name="one_mark_per_session_and_enrolment",
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.enrolment_id} {self.status}"
