from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class PersonMerge(models.Model):
    """That two rows were one human being, and what was done to make them one.

    What an undoing needs is kept for `UNDO_DAYS` days and then forgotten.
    """

    UNDO_DAYS = 30

    person = models.ForeignKey(
        Person,
        verbose_name=_("merged person"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    into = models.ForeignKey(
        Person,
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged at"))
    # {"lms.Enrolment.person": [keys of rows]}
    moved = models.JSONField(_("moved rows"), default=dict)
    # {"email": [before, after]} of the person merged into
    changed = models.JSONField(_("changed data"), default=dict)
    # {"12": [status, active_to]} of places that were ended
    set_aside = models.JSONField(_("ended places"), default=dict)
    # Keys of the events that say of the one what was said of the other as a guest.
    carried = models.JSONField(_("marks carried over"), default=list)
    closed_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        verbose_name = _("merge of two people")
        verbose_name_plural = _("merges of people")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(undone_at=None),
                name="merged_once_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.person} → {self.into}"

    @property
    def undo_until(self) -> datetime:
        return self.merged_at + timedelta(days=self.UNDO_DAYS)


class NotTheSame(models.Model):
    """Somebody has looked: these two are two people, and are not suggested again."""

    one = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("two people of one name")
        verbose_name_plural = _("two people of one name")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="told_apart_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")),
                name="told_apart_in_order",
            ),
        ]

    def __str__(self):
        return f"{self.one_id} ≠ {self.other_id}"
