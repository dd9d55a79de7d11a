from django.db import models
from django.utils.translation import gettext_lazy as _

from .mark_status import MarkStatus


class StatusSetQuerySet(models.QuerySet):
    def offered(self):
        """May be chosen for a cohort or a session."""
        return self.filter(is_offered=True)


class StatusSet(models.Model):
    """A set of statuses that was made here, beside the one every register has.

    Its statuses are `MarkStatus` rows of one version; an edit that changes what they
    count is a new version, and sessions that have begun keep theirs (ATT-37). A set is
    never deleted: it is no longer offered.
    """

    title = models.CharField(
        _("title"), max_length=80, unique=True, help_text=_("Only staff see it.")
    )
    is_offered = models.BooleanField(
        _("offered"),
        default=True,
        help_text=_("Without it no cohort or session can choose it any more."),
    )

    objects = StatusSetQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("set of statuses")
        verbose_name_plural = _("sets of statuses")

    def __str__(self):
        return self.title

    @property
    def key(self) -> str:
        """How sessions and statuses name it."""
        return f"set-{self.pk}"

    def statuses(self) -> list[MarkStatus]:
        """Those of the newest version, in their order."""
        return MarkStatus.objects.newest(self.key)
