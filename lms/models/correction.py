from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .person import Person, Region, Sex


class CorrectionRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=CorrectionRequest.State.OPEN)


class CorrectionRequest(models.Model):
    """Somebody says that their name, sex, organisation or region is written wrong.

    Staff decide. `old` and `new` are what the columns hold; an organisation is a name.
    """

    class Field(models.TextChoices):
        NAME = "legal_name", _("Name")
        LATIN = "latin_name", _("Name in Latin letters")
        SEX = "sex", _("Sex")
        ORGANISATION = "organisation", _("Organisation")
        REGION = "region", _("Region")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "Open")
        APPROVED = "approved", pgettext_lazy("request", "Approved")
        REFUSED = "refused", pgettext_lazy("request", "Refused")
        TAKEN_BACK = "taken_back", pgettext_lazy("request", "Taken back")

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    field = models.CharField(_("what is wrong"), max_length=20, choices=Field)
    old = models.CharField(_("written now"), max_length=255, blank=True)
    new = models.CharField(_("correct"), max_length=255)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.OPEN
    )
    asked_at = models.DateTimeField(_("asked at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.CharField(_("answer"), max_length=500, blank=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=models.Q(state="open"),
                name="one_open_correction_per_field",
                violation_error_message=_("This correction is asked for already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided_at__isnull=False),
                name="decided_correction_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_field_display()}"

    @property
    def old_in_words(self) -> str:
        return self._in_words(self.old)

    @property
    def new_in_words(self) -> str:
        return self._in_words(self.new)

    def _in_words(self, value: str) -> str:
        choices = {self.Field.SEX: Sex, self.Field.REGION: Region}.get(self.field)
        return str(dict(choices.choices).get(value, value)) if choices else value
