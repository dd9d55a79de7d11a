from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Enrolment

from .kinds import Kind


class AutomaticRefusalQuerySet(models.QuerySet):
    def to_show(self):
        """Those somebody has to do something about; the others earned nothing yet."""
        return self.filter(is_earned=True)


class AutomaticRefusal(models.Model):
    """Why a certificate that issues itself did not, so that it is not tried for ever.

    Tried once more a day, at most `MOST_TRIES` times; who is issued one by hand has no
    row any more. `is_earned`: what stands against it is no lack of learning.
    """

    MOST_TRIES = 7

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="automatic_refusals"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    reason = models.TextField(_("reason"))
    is_earned = models.BooleanField(_("is earned"), default=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    refused_at = models.DateTimeField(_("refused at"))

    objects = AutomaticRefusalQuerySet.as_manager()

    class Meta:
        ordering = ["-refused_at", "pk"]
        verbose_name = _("certificate that did not issue itself")
        verbose_name_plural = _("certificates that did not issue themselves")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                name="one_automatic_refusal_per_place_and_kind",
            )
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.kind}"
