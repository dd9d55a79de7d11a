"""What people asked about their own data, and what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .person import Person
from .roster import private_storage


class DataExport(models.Model):
    """Everything held about one person as a file; the file expires, the row stays."""

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="data_exports",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked for at"))
    purpose = models.TextField(_("purpose"), blank=True)
    made_at = models.DateTimeField(_("made at"), null=True)
    expires_at = models.DateTimeField(_("expires at"))
    file = models.FileField(
        _("file"), storage=private_storage, upload_to="data/", blank=True
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export of a person's data")
        verbose_name_plural = _("exports of people's data")

    def __str__(self):
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"

    def is_ready(self, now) -> bool:
        return bool(self.file) and now < self.expires_at


class Erasure(models.Model):
    """Somebody's wish to be forgotten, what they chose, and what was done."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        DONE = "done", pgettext_lazy("erasure", "Done")
        DECLINED = "declined", _("Declined")

    class Certificates(models.TextChoices):
        """What becomes of the holder's certificates (CE-38)."""

        REGISTER = "register", _("Stay valid in the register, without the name")
        WITHDRAW = "withdraw", _("Are withdrawn")

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="erasures",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.ASKED
    )
    certificates = models.CharField(
        _("certificates"),
        max_length=20,
        choices=Certificates,
        default=Certificates.REGISTER,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("asked for at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    counts = models.JSONField(_("rows"), default=dict)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state="asked"),
                name="one_open_erasure_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked") | models.Q(decided_at__isnull=False),
                name="decided_erasure_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.get_state_display()}"


class RetentionPeriod(models.Model):
    """For how many days a class of data is kept here, if not as by default."""

    rule = models.SlugField(_("rule"), max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"))

    class Meta:
        ordering = ["rule"]
        verbose_name = _("time of keeping")
        verbose_name_plural = _("times of keeping")

    def __str__(self):
        return self.rule


class RetentionRun(models.Model):
    """One round of the rules of keeping: how many rows each of them touched."""

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)
    counts = models.JSONField(_("rows"), default=dict)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("round of keeping")
        verbose_name_plural = _("rounds of keeping")

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d}"
