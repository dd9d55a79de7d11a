from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .certificate import Certificate


class Recheck(models.Model):
    """Somebody looked at an award after what it rests on was revoked: it stays (CE-21).

    It speaks of revocations before `at`; a later one asks anew.
    """

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="rechecks"
    )
    because = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("looked at"))
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("second look at a certificate")
        verbose_name_plural = _("second looks at certificates")

    def __str__(self):
        return f"{self.certificate} ({self.because})"
