import zoneinfo
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Edition

from .person import Region
from .private import private_storage


def validate_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(name)s is not a time zone. Write one such as Asia/Dushanbe."),
            params={"name": name},
        )


class Donor(models.Model):
    """Who pays for trainings; asks only for its own figures."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    logo = models.ImageField(
        _("logo"),
        storage=private_storage,
        upload_to="logos/",
        blank=True,
        help_text=_("Stands on printed reports. A wide PNG on white prints best."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("donor")
        verbose_name_plural = _("donors")

    def __str__(self):
        return self.name


class Project(models.Model):
    """What several trainings belong to in the programme's plan; a filter of reports."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self):
        return self.name


class CohortQuerySet(models.QuerySet):
    def taking_people(self, today):
        """Planned or running and not over: somebody may still come in."""
        return self.filter(
            status__in=[Cohort.Status.PLANNED, Cohort.Status.RUNNING],
            ends_on__gte=today,
        )


class Cohort(models.Model):
    """Participants who start together: a dated or self-paced run of one edition."""

    class Mode(models.TextChoices):
        IN_ROOM = "in_room", _("In a room")
        ONLINE = "online", _("Online")
        BLENDED = "blended", _("Online and in a room")
        SELF_PACED = "self_paced", _("At one's own pace")

    class Admission(models.TextChoices):
        OPEN = "open", _("Anybody may join")
        REQUEST = "request", _("On request")
        INVITATION = "invitation", _("By invitation")
        NOMINATION = "nomination", _("By nomination of an organisation")
        STAFF = "staff", _("By staff or by a list")

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        CANCELLED = "cancelled", _("Cancelled")

    edition = models.ForeignKey(
        Edition,
        verbose_name=_("edition"),
        on_delete=models.PROTECT,
        related_name="cohorts",
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=160)
    mode = models.CharField(
        _("mode"), max_length=20, choices=Mode, default=Mode.BLENDED
    )
    admission = models.CharField(
        _("admission"), max_length=20, choices=Admission, default=Admission.STAFF
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.PLANNED
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        default="Asia/Dushanbe",
        validators=[validate_zone],
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("waiting list"), default=True)
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept an offered seat"),
        default=72,
        validators=[MinValueValidator(1)],
    )
    freezes_on = models.DateField(
        _("no offers from"),
        null=True,
        blank=True,
        help_text=_("From this day on seats that become free are not offered."),
    )
    locale = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="tg"
    )
    status_set = models.SlugField(
        _("statuses of attendance"),
        max_length=40,
        default="default",
        help_text=_("For sessions planned from now on."),
    )
    donors = models.ManyToManyField(
        Donor, verbose_name=_("donors"), blank=True, related_name="cohorts"
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cohorts",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "code"]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="cohort_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=models.Q(offer_hours__gte=1),
                name="cohort_leaves_time_to_accept",
                violation_error_message=_("Leave at least one hour to accept a seat."),
            ),
        ]

    def __str__(self):
        return f"{self.code}: {self.title}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    def day_of(self, now: datetime) -> date:
        """The day it is in the cohort's place."""
        return now.astimezone(self.zone).date()

    def takes_people(self, now: datetime) -> bool:
        """Planned or running and not over (the same as `taking_people`)."""
        is_live = self.status in (self.Status.PLANNED, self.Status.RUNNING)
        return is_live and self.day_of(now) <= self.ends_on

    def has_begun(self, now: datetime) -> bool:
        return self.starts_on <= self.day_of(now)

    def offers_by_itself(self, now: datetime) -> bool:
        """Are free seats offered to the waiting list without anybody's word (EN-05)?"""
        is_frozen = self.freezes_on and self.freezes_on <= self.day_of(now)
        return self.takes_people(now) and not self.has_begun(now) and not is_frozen


class Staff(models.Model):
    """What somebody may do in one cohort."""

    class Role(models.TextChoices):
        TRAINER = "trainer", _("Trainer")
        MARKER = "marker", _("Marker")
        COORDINATOR = "coordinator", _("Coordinator")
        OBSERVER = "observer", _("Observer")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="cohort_roles",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        ordering = ["cohort", "role", "user"]
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"],
                name="staff_once_per_cohort",
                violation_error_message=_(
                    "This person has a role in the cohort already."
                ),
            )
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"
