from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Audience

from .cohort import Donor, Project
from .person import Region, Sex
from .roster import private_storage


class Centre(models.TextChoices):
    """Where the programme's partners hold their events."""

    DUSHANBE = "dushanbe", pgettext_lazy("town", "Dushanbe")
    KHUJAND = "khujand", pgettext_lazy("town", "Khujand")
    AYNI = "ayni", pgettext_lazy("town", "Ayni")
    KULOB = "kulob", pgettext_lazy("town", "Kulob")
    HISOR = "hisor", pgettext_lazy("town", "Hisor")
    TAJIKABAD = "tajikabad", pgettext_lazy("town", "Tajikabad")
    KHOROG = "khorog", pgettext_lazy("town", "Khorog")


REGION_OF_CENTRE = {
    Centre.DUSHANBE: Region.DUSHANBE,
    Centre.KHUJAND: Region.SUGHD,
    Centre.AYNI: Region.SUGHD,
    Centre.KULOB: Region.KHATLON,
    Centre.HISOR: Region.DRS,
    Centre.TAJIKABAD: Region.DRS,
    Centre.KHOROG: Region.GBAO,
}


class EventQuerySet(models.QuerySet):
    def standing(self):
        """What counts: everything that was not withdrawn."""
        return self.filter(withdrawn_at=None)


class Event(models.Model):
    """Held for people who are not enrolled: only heads are counted, nobody is named.

    Never deleted; a mistake is withdrawn with a reason. `key` comes from the form, so
    that a form sent twice is one event.
    """

    class Kind(models.TextChoices):
        AWARENESS = "awareness", _("Awareness session")
        ROUND_TABLE = "round_table", _("Round table")
        SCREENING = "screening", _("Film screening")
        CONSULTATION = "consultation", _("Legal consultation")
        ORIENTATION = "orientation", _("Pre-departure orientation")
        OTHER = "other", pgettext_lazy("kind of event", "Other")

    key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=160, blank=True)
    held_on = models.DateField(_("held on"))
    centre = models.CharField(_("centre"), max_length=20, choices=Centre, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, blank=True
    )
    donors = models.ManyToManyField(
        Donor, verbose_name=_("donors"), blank=True, related_name="events"
    )
    project = models.ForeignKey(
        Project,
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    sheet = models.FileField(
        _("photo or scan of the sheet"),
        storage=private_storage,
        upload_to="events/%Y/",
        blank=True,
    )
    remarks = models.TextField(_("remarks"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written down by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("written down at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("reason"), blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(centre="") | ~models.Q(place=""),
                name="event_has_a_place",
                violation_error_message=_("Choose a centre or write the place."),
            ),
            models.CheckConstraint(
                condition=~models.Q(region=""), name="event_has_a_region"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_reason="")
                | (
                    models.Q(withdrawn_at__isnull=False)
                    & ~models.Q(withdrawn_reason="")
                ),
                name="withdrawn_event_says_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["held_on"])]

    def __str__(self):
        return self.title or str(self.get_kind_display())

    @property
    def where(self) -> str:
        """The centre, the place in it, or the place alone."""
        return ", ".join(filter(None, [str(self.get_centre_display()), self.place]))

    @property
    def heads(self) -> int:
        """Everybody counted; reads `counts`, which lists prefetch."""
        return sum(row.heads for row in self.counts.all())


class AgeBand(models.TextChoices):
    UNDER_18 = "0-17", _("under 18")
    TO_29 = "18-29", _("18 to 29")
    TO_59 = "30-59", _("30 to 59")
    FROM_60 = "60+", _("60 and over")


class HeadCount(models.Model):
    """So many heads of one sex and age at an event; "" is what nobody noted.

    An event's total is always their sum, so that no total can contradict its parts.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="counts")
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    age = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    heads = models.PositiveIntegerField(_("heads"))

    class Meta:
        ordering = ["event", "sex", "age"]
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sex", "age"], name="one_head_count_per_sex_and_age"
            ),
            models.CheckConstraint(
                condition=models.Q(heads__gte=1), name="head_count_counts_somebody"
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=["", *Sex.values])
                & models.Q(age__in=["", *AgeBand.values]),
                name="head_count_of_a_known_sex_and_age",
            ),
        ]

    def __str__(self):
        return f"{self.event_id} {self.sex or '?'} {self.age or '?'}: {self.heads}"
