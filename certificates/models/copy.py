from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models.roster import private_storage

from .certificate import Certificate


class CertificateCopy(models.Model):
    """The same certificate in another language; drawn once and kept (CE-02, CE-04)."""

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="copies"
    )
    language = models.CharField(_("language"), max_length=10)
    pdf = models.FileField(
        storage=private_storage, upload_to="certificates/copies/%Y/", max_length=200
    )
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["certificate", "language"]
        verbose_name = _("copy in another language")
        verbose_name_plural = _("copies in other languages")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "language"],
                name="one_copy_per_certificate_and_language",
            )
        ]

    def __str__(self):
        return f"{self.certificate} ({self.language})"
