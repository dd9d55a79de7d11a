from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .attendance import Session
from .enrolment import Enrolment
from .private import private_storage


class ApologyQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Apology.State.OPEN)

    def standing(self):
        """Neither declined nor taken back."""
        return self.filter(state__in=Apology.STANDING)


class Apology(models.Model):
    """A participant says before a session that they cannot come, and why.

    The reason and the paper may be about health: both are emptied when it is taken
    back, and some time after the session.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("apology", "Waits for an answer")
        APPROVED = "approved", pgettext_lazy("apology", "Approved")
        DECLINED = "declined", pgettext_lazy("apology", "Declined")
        TAKEN_BACK = "taken_back", pgettext_lazy("apology", "Taken back")

    STANDING = [State.OPEN, State.APPROVED]

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="apologies"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="apologies"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    paper = models.FileField(
        _("paper"), storage=private_storage, upload_to="apologies/", blank=True
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.OPEN
    )
    sent_at = models.DateTimeField(_("sent at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    objects = ApologyQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("apology")
        verbose_name_plural = _("apologies")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "enrolment"],
                condition=models.Q(state__in=["open", "approved"]),
                name="one_standing_apology_per_session_and_enrolment",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided_at__isnull=False),
                name="decided_apology_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.session_id} {self.enrolment_id} {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
