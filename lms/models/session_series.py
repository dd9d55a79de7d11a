from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .cohort import Cohort


class SessionSeries(models.Model):
    """Sessions that were planned in one step, and the rule they came from.

    The sessions are what is held; one of them may be changed or cancelled alone.
    """

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="session_series",
    )
    rule = models.CharField(_("rule (RRULE)"), max_length=250)
    first_on = models.DateField(_("from"))
    local_time = models.TimeField(_("time"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["cohort", "created_at", "pk"]
        verbose_name = _("series of sessions")
        verbose_name_plural = _("series of sessions")

    def __str__(self):
        return f"{self.cohort.code} {self.rule}"
