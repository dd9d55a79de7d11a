from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses import clock

from .cohort import Cohort
from .enrolment import Enrolment


class Sitting(models.Model):
    """A quiz sat by a cohort in one room at one time, under somebody's eyes.

    `code` is shown in the room. New people are let in from `opens_at` to `closes_at`;
    attempts go on by the rules of the quiz. With `is_locked` whoever starts here
    reaches nothing else before handing in.
    """

    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="sittings"
    )
    quiz_key = models.UUIDField(_("quiz"))
    code = models.CharField(_("code"), max_length=10, unique=True)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_locked = models.BooleanField(_("nothing else can be opened"), default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opens_at")),
                name="sitting_closes_after_it_opens",
            )
        ]

    def __str__(self):
        return f"{self.quiz_key} {self.opens_at:%Y-%m-%d %H:%M}"

    @property
    def is_closed(self) -> bool:
        return clock.now() >= self.closes_at

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() < self.closes_at


class TicketQuerySet(models.QuerySet):
    def live(self):
        """Neither taken back nor replaced; their time may be over."""
        return self.filter(revoked_at=None)


class Ticket(models.Model):
    """A strip of paper with which one person sits one quiz, without an account.

    The code itself is on the paper only; here is a keyed digest of it (PR-09). It is
    good for `minutes` after its first use.
    """

    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, related_name="tickets"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="tickets"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(_("printed at"))
    first_used_at = models.DateTimeField(_("first used at"), null=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["-printed_at", "pk"]
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "enrolment"],
                condition=models.Q(revoked_at=None),
                name="one_live_ticket_per_sitting_and_enrolment",
            )
        ]

    def __str__(self):
        return f"{self.sitting_id} {self.enrolment_id}"

    @property
    def until(self):
        """When it stops working; None before its first use."""
        if self.first_used_at is None:
            return None
        return self.first_used_at + timedelta(minutes=self.minutes)
