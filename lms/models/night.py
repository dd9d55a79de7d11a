from django.db import models
from django.utils.translation import gettext_lazy as _


class Night(models.Model):
    """One night's jobs: begun by one worker, whatever their number, and how it ended.

    `failed` names the jobs that did not end well; they are tried again.
    """

    day = models.DateField(_("day"), unique=True)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=1)
    failed = models.JSONField(_("failed jobs"), default=list)

    class Meta:
        ordering = ["-day"]
        verbose_name = _("night")
        verbose_name_plural = _("nights")

    def __str__(self):
        return f"{self.day:%Y-%m-%d}"
