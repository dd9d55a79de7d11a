from django.db import models
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """The public half of a key that signed something. The other half is never here.

    `public` is a PEM certificate for seals, a multibase text (`z...`) for credentials.
    A row stays for as long as anything signed with it is to be verified.
    """

    class Use(models.TextChoices):
        SEAL = "seal", _("Seal of the paper")
        CREDENTIAL = "credential", _("Credential")

    use = models.CharField(_("use"), max_length=20, choices=Use)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    public = models.TextField(_("public key"))
    is_development = models.BooleanField(_("for development"), default=False)
    first_used_at = models.DateTimeField(_("first used at"))
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)
    compromised_at = models.DateTimeField(_("not trusted from"), null=True, blank=True)

    class Meta:
        ordering = ["use", "-first_used_at", "-pk"]
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")

    def __str__(self):
        return f"{self.get_use_display()} {self.fingerprint[:16]}"

    @property
    def has_ended(self) -> bool:
        """Nothing more may be signed with it, whatever becomes of what was."""
        return bool(self.retired_at or self.compromised_at)
