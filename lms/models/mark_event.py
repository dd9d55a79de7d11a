from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attendance import Mark, Session
from .enrolment import Enrolment
from .mark_status import MarkStatus


class MarkEvent(models.Model):
    """One fact about a mark. Appended; what it says is never changed.

    Only two things are: a flag is added where a later fact shows something odd about
    it (ATT-23), and device and network are forgotten in time (ATT-55).
    `stated` is the status it says, None for none; `old` and `new` are the mark before
    and after it: `lms.settling` tells why they may differ. `about` is the fact that is
    undone or accepted. What `waits` counts only once it is accepted.
    """

    class Kind(models.TextChoices):
        SET = "set", _("Marked")
        UNDO = "undo", _("Taken back")
        REMARK = "remark", _("Remark")
        ENTRY = "entry", _("Came in")
        EXIT = "exit", _("Went out")
        ACCEPT = "accept", _("Accepted")

    class Flag(models.TextChoices):
        LATE_UPLOAD = "late_upload", _("Late upload")
        CLOCK = "clock", _("Clock of the device wrong")
        SAME_DEVICE = "same_device", _("Same device as somebody else")
        OFF_SITE = "off_site", _("From elsewhere")
        BURST = "burst", _("Many at once")
        DUPLICATE = "duplicate", _("Came in twice")
        CONFLICT = "conflict", _("Marked otherwise by somebody else")
        FORCED = "forced", _("Would have been refused on line")
        AFTER_SIGN_OFF = "after_sign_off", _("After the register was signed off")
        EXIT_WITHOUT_ENTRY = "exit_without_entry", _("Went out, never came in")
        AUTO = "auto", _("By the system")

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="mark_events"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="mark_events"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SET)
    source = models.CharField(max_length=20, choices=Mark.Source)
    stated = models.ForeignKey(
        MarkStatus, null=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    about = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="said_about"
    )
    waits = models.BooleanField(default=False)
    old = models.ForeignKey(
        MarkStatus, null=True, on_delete=models.PROTECT, related_name="+"
    )
    new = models.ForeignKey(
        MarkStatus, null=True, on_delete=models.PROTECT, related_name="+"
    )
    flags = models.JSONField(default=list)
    device = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=45, blank=True)
    nonce = models.UUIDField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    happened_at = models.DateTimeField()
    # What the device's own clock said, where it was wrong.
    stated_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("mark event")
        verbose_name_plural = _("mark events")
        constraints = [
            models.UniqueConstraint(
                fields=["device", "nonce"],
                condition=models.Q(nonce__isnull=False),
                name="one_mark_event_per_device_and_nonce",
            )
        ]
        indexes = [models.Index(fields=["session", "enrolment", "received_at"])]

    def __str__(self):
        return f"{self.session_id} {self.enrolment_id} {self.old} {self.new}"

    @property
    def is_closing(self) -> bool:
        """Nobody saw them leave: the system wrote that they stayed to the end."""
        return self.Flag.AUTO in self.flags and self.kind == self.Kind.EXIT

    @property
    def is_arrival_anew(self) -> bool:
        """The session was moved: the system said the arrival anew by its new time."""
        return self.Flag.AUTO in self.flags and self.kind != self.Kind.EXIT
