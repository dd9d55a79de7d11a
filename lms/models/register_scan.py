from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .attendance import Session
from .cohort import Cohort
from .private import private_storage


class RegisterScan(models.Model):
    """A photo or scan of a signed sheet, kept with the sessions it was signed for.

    The file goes when its time is over; that there was one stays.
    """

    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, related_name="register_scans"
    )
    sessions = models.ManyToManyField(
        Session, verbose_name=_("sessions"), related_name="scans"
    )
    file = models.FileField(
        _("photo or scan"),
        storage=private_storage,
        upload_to="registers/%Y/",
        blank=True,
    )
    # Of the kept file, so that the same photo sent twice is kept once.
    digest = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("scan of a signed sheet")
        verbose_name_plural = _("scans of signed sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "digest"], name="one_register_scan_per_file"
            )
        ]

    def __str__(self):
        return f"{self.cohort_id} {self.added_at:%Y-%m-%d}"
