from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Cohort, Enrolment, Person

from .certificate import Certificate


class Serial(models.Model):
    """The counter behind certificate numbers; locked to count."""

    prefix = models.CharField(_("prefix"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        ordering = ["prefix", "-year"]
        verbose_name = _("serial")
        verbose_name_plural = _("serials")
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "year"], name="one_serial_per_prefix_and_year"
            )
        ]

    def __str__(self):
        return f"{self.prefix}-{self.year}"


class GivenNumberQuerySet(models.QuerySet):
    def unused(self):
        """Counted for a certificate that is not there yet."""
        return self.filter(certificate=None, voided_at=None)


class GivenNumber(models.Model):
    """One number that was counted: on a certificate, void, or still being drawn.

    A number is counted before the paper is drawn, so that no lock is held meanwhile.
    One that a killed worker left is taken again by the next try for the same person
    (CE-07).
    """

    serial = models.ForeignKey(
        Serial, verbose_name=_("serial"), on_delete=models.PROTECT, related_name="given"
    )
    count = models.PositiveIntegerField(_("count"))
    text = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Certificate.Kind)
    cohort = models.ForeignKey(
        Cohort, verbose_name=_("cohort"), on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("for"), on_delete=models.PROTECT, related_name="+"
    )
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("counted at"))
    certificate = models.OneToOneField(
        Certificate,
        verbose_name=_("certificate"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="given_number",
    )
    problem = models.TextField(_("what went wrong"), blank=True)
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)
    void_reason = models.TextField(_("void because"), blank=True)

    objects = GivenNumberQuerySet.as_manager()

    class Meta:
        ordering = ["serial", "-count"]
        verbose_name = _("number of a certificate")
        verbose_name_plural = _("numbers of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["serial", "count"], name="one_number_per_count"
            ),
            models.CheckConstraint(
                condition=models.Q(certificate=None) | models.Q(voided_at=None),
                name="used_number_is_not_void",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""),
                name="void_number_says_why",
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def state(self) -> str:
        if self.certificate_id:
            return _("On a certificate")
        return _("Void") if self.voided_at else _("Being drawn")

    @property
    def explained(self) -> str:
        """Why there is no certificate of this number; how it stands if there is one."""
        if self.certificate_id:
            return self.certificate.get_status_display()
        return self.void_reason or self.problem or _("Counted; the paper is not there")
