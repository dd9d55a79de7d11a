from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses import clock

from .cohort import Cohort
from .person import Person


class SignInSlipQuerySet(models.QuerySet):
    def unused(self):
        """Neither used nor replaced by a newer one; they may be too old."""
        return self.filter(used_at=None, revoked_at=None)


class SignInSlip(models.Model):
    """A strip of paper with which somebody without e-mail makes an account, once.

    The code itself is on the paper only; here is a keyed digest of it (PR-09).
    """

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="slips"
    )
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="slips"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    printed_at = models.DateTimeField(_("printed at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    objects = SignInSlipQuerySet.as_manager()

    class Meta:
        ordering = ["-printed_at", "pk"]
        verbose_name = _("sign-in slip")
        verbose_name_plural = _("sign-in slips")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(revoked_at=None),
                name="slip_used_or_replaced",
            )
        ]

    def __str__(self):
        return f"{self.person} ({self.pk})"

    @property
    def is_expired(self) -> bool:
        return clock.now() >= self.expires_at
