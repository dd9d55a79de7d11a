from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attendance import Mark, Session
from .enrolment import Enrolment


class RefusedCheckIn(models.Model):
    """A try to be marked that was refused (ATT-25). Appended, never updated.

    Session and enrolment are None where the code told neither. Of what was typed or
    scanned only a keyed digest is kept: the same value twice can be told, no code read.
    """

    class Why(models.TextChoices):
        UNKNOWN = "unknown", _("No such code")
        OLD = "old", _("The code had changed")
        OTHER_SESSION = "other_session", _("The code of another session")
        TOO_EARLY = "too_early", _("Too early")
        TOO_LATE = "too_late", _("Too late")
        NOT_EXPECTED = "not_expected", _("Not expected at this session")
        CLOSED = "closed", _("The register was closed")
        REVOKED = "revoked", _("The code was taken back")
        OFF_SITE = "off_site", _("From elsewhere")
        TOO_MANY = "too_many", _("Too many tries")
        SPENT = "spent", _("The ticket was used before or is over")

    session = models.ForeignKey(
        Session, null=True, on_delete=models.PROTECT, related_name="refused_check_ins"
    )
    enrolment = models.ForeignKey(
        Enrolment, null=True, on_delete=models.PROTECT, related_name="refused_check_ins"
    )
    source = models.CharField(max_length=20, choices=Mark.Source)
    why = models.CharField(max_length=20, choices=Why)
    digest = models.CharField(max_length=64, blank=True)
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
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("refused check-in")
        verbose_name_plural = _("refused check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["device", "nonce"],
                condition=models.Q(nonce__isnull=False),
                name="one_refused_check_in_per_device_and_nonce",
            )
        ]

    def __str__(self):
        return f"{self.session_id} {self.why}"
