import secrets

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from .certificate import Certificate


def make_key() -> str:
    return secrets.token_hex(8)


class ShareLinkQuerySet(models.QuerySet):
    def open(self, now):
        """Neither switched off nor expired."""
        ends = models.Q(expires_at=None) | models.Q(expires_at__gt=now)
        return self.filter(ends, ended_at=None)

    def by_token(self, token: str, now) -> "ShareLink | None":
        """The open link of this address; None for one made up, off or expired."""
        key = token.partition("-")[0]
        row = self.open(now).select_related("certificate").filter(key=key).first()
        is_right = row is not None and constant_time_compare(row.token, token)
        return row if is_right else None


class ShareLink(models.Model):
    """An address at which one certificate is shown in full, until it is switched off.

    The table alone opens nothing: the address follows from the key in it and the
    server's own, and has 160 bits nobody can guess. Views are counted, not viewers.
    """

    class Purpose(models.TextChoices):
        HOLDER = "holder", _("Made by the holder")
        COPY = "copy", _("A copy that staff sent")

    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="shares"
    )
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=Purpose, default=Purpose.HOLDER
    )
    key = models.CharField(max_length=16, unique=True, default=make_key, editable=False)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("switched off at"), null=True, blank=True)
    views = models.PositiveIntegerField(_("times opened"), default=0)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("share link")
        verbose_name_plural = _("share links")

    def __str__(self):
        return f"{self.certificate} ({self.get_purpose_display()})"

    @property
    def token(self) -> str:
        digest = salted_hmac("certificates.share", self.key, algorithm="sha256")
        return f"{self.key}-{digest.hexdigest()[:40]}"
