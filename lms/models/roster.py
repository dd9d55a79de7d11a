from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Audience

from .cohort import Cohort
from .person import Organisation
from .private import private_storage


class ColumnMapping(models.Model):
    """Which column of an organisation's lists holds what: {"ф.и.о.": "name", ...}."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="column_mapping"
    )
    columns = models.JSONField(_("columns"))

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")

    def __str__(self):
        return str(self.organisation)


class RosterUpload(models.Model):
    """A list as it arrived, kept between its dry run and its application.

    Once applied the file is gone; `result` keeps the numbers of lines, without names.
    """

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="rosters")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("file name"), max_length=255)
    file = models.FileField(storage=private_storage, upload_to="rosters/", blank=True)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, blank=True
    )
    columns = models.JSONField(_("columns"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("applied at"), null=True)
    result = models.JSONField(_("result"), default=dict)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")

    def __str__(self):
        return self.name
