from django.conf import settings
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _


class MarkStatusQuerySet(models.QuerySet):
    def newest(self, set_key: str) -> list["MarkStatus"]:
        """The statuses of a set as they are for sessions that have not begun."""
        return self.filter(set=set_key).newest_of_each().get(set_key, [])

    def newest_of_each(self) -> dict[str, list["MarkStatus"]]:
        """The same by set; older versions are replaced as newer ones are read."""
        found: dict[str, list[MarkStatus]] = {}
        for row in self.order_by("set", "version", "position", "-credit", "code"):
            known = found.setdefault(row.set, [])
            if known and known[0].version < row.version:
                known.clear()
            known.append(row)
        return found


class MarkStatus(models.Model):
    """What can be marked. Used ones are never changed: an edit is a new version.

    A version is that of the whole set: all statuses of a session have the same.
    """

    # The set every register has from the start, unless another was made and chosen.
    USUAL = "default"

    set = models.SlugField(_("set"), max_length=40, default="default")
    code = models.SlugField(_("code"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    credit = models.DecimalField(_("credit"), max_digits=4, decimal_places=3)
    counts = models.BooleanField(_("counts"), default=True)
    until_minutes = models.PositiveSmallIntegerField(
        _("given until, minutes after the start"), null=True, blank=True
    )
    # By language, for a set that was made; our own statuses are translated.
    names = models.JSONField(_("names"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = MarkStatusQuerySet.as_manager()

    class Meta:
        ordering = ["set", "version", "position", "-credit", "code"]
        verbose_name = _("attendance status")
        verbose_name_plural = _("attendance statuses")
        constraints = [
            models.UniqueConstraint(
                fields=["set", "code", "version"],
                name="one_mark_status_per_set_code_and_version",
            ),
            models.CheckConstraint(
                condition=models.Q(credit__gte=0, credit__lte=1),
                name="credit_is_a_share",
            ),
        ]

    # The default set's names live here so that each has its translation.
    NAMES = {
        "present": _("Present"),
        "late": _("Late"),
        "left_early": _("Left early"),
        "excused": _("Excused"),
        "absent": _("Absent"),
    }

    def __str__(self):
        """The name in the reader's language, or in the first that has one."""
        for language in [get_language(), *dict(settings.LANGUAGES)]:
            if self.names.get(language):
                return self.names[language]
        return str(self.NAMES.get(self.code, self.code))

    def name_in(self, language: str) -> str:
        """In this very language; "" where a set that was made has none in it."""
        if self.names or self.code not in self.NAMES:
            return self.names.get(language, "")
        with override(language):
            return str(self.NAMES[self.code])
