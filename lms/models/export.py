from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .private import private_storage


class Export(models.Model):
    """A file with names in it, made by a job for one person and a stated purpose.

    `params` say what `kind` of file of what. Only who asked may take it, and only until
    it expires; then the file goes and the row stays.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("file", "Being made")
        READY = "ready", pgettext_lazy("file", "Ready")
        FAILED = "failed", pgettext_lazy("file", "Could not be made")
        EXPIRED = "expired", pgettext_lazy("file", "Expired")

    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(_("what of"), default=dict)
    name = models.CharField(_("file name"), max_length=160)
    purpose = models.TextField(_("purpose"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="exports",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING
    )
    file = models.FileField(storage=private_storage, upload_to="exports/", blank=True)
    created_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ready") ^ models.Q(file=""),
                name="only_a_ready_export_has_a_file",
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose=""), name="export_has_a_purpose"
            ),
        ]

    def __str__(self):
        return self.name

    def is_ready(self, now) -> bool:
        return self.state == self.State.READY and now < self.expires_at
