from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Cohort, CorrectionRequest, Enrolment, Person
from lms.models.roster import private_storage

from .key import SigningKey
from .kinds import Kind
from .template import TemplateVersion


class CertificateQuerySet(models.QuerySet):
    def valid(self):
        """Neither superseded, revoked nor withdrawn; they may have expired."""
        return self.filter(status=Certificate.Status.VALID)

    def of(self, user):
        if not user.is_authenticated:
            return self.none()
        return self.filter(person__user=user)


class Certificate(models.Model):
    """The proof that somebody earned something in a cohort. Never deleted.

    `content` is everything the paper says, in every language, as it was at issue; see
    `certificates.content`. A person, course or template changed later changes nothing.
    Only who taught has one without a place.
    """

    Kind = Kind

    class Status(models.TextChoices):
        VALID = "valid", _("Valid")
        SUPERSEDED = "superseded", _("Replaced by a newer one")
        REVOKED = "revoked", _("Revoked")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class EndedFor(models.TextChoices):
        """Why it was revoked, as anybody may know; the note stays with us."""

        ERROR = "error", _("It was issued by mistake")
        DECEPTION = "deception", _("It was obtained by deception")
        CONDUCT = "conduct", _("The holder broke the rules of the programme")
        HOLDER = "holder", _("The holder asked for it")

    person = models.ForeignKey(
        Person,
        verbose_name=_("holder"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.COMPLETION
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    code = models.CharField(_("code"), max_length=24, unique=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.VALID
    )
    template_version = models.ForeignKey(
        TemplateVersion, on_delete=models.PROTECT, related_name="certificates"
    )
    content = models.JSONField(_("content"))
    pdf = models.FileField(
        storage=private_storage, upload_to="certificates/%Y/", max_length=200
    )
    sha256 = models.CharField(max_length=64)
    seal_key = models.ForeignKey(
        SigningKey,
        verbose_name=_("sealed with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    credential = models.JSONField(_("credential"), null=True, blank=True)
    status_index = models.PositiveIntegerField(
        _("place in the status list"), null=True, blank=True, unique=True
    )
    awarded_on = models.DateField(_("awarded on"))
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    correction = models.ForeignKey(
        CorrectionRequest,
        verbose_name=_("follows the correction"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    renews = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewed_by",
    )
    rests_on = models.ManyToManyField(
        "self",
        verbose_name=_("rests on"),
        symmetrical=False,
        blank=True,
        related_name="carries",
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    ended_class = models.CharField(
        _("why it ended"), max_length=20, choices=EndedFor, blank=True
    )
    ended_reason = models.TextField(_("reason"), blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=models.Q(status="valid"),
                name="one_valid_certificate_per_enrolment_and_kind",
            ),
            models.UniqueConstraint(
                fields=["cohort", "person", "kind"],
                condition=models.Q(status="valid", enrolment=None),
                name="one_valid_certificate_per_trainer",
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=False) | models.Q(kind="trainer"),
                name="only_who_taught_needs_no_place",
            ),
            models.CheckConstraint(
                condition=models.Q(status="valid")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_reason="")),
                name="ended_certificate_says_when_and_why",
            ),
        ]

    def __str__(self):
        return self.number

    def has_expired(self, today: date) -> bool:
        """Valid through the end of its last day; computed, never stored."""
        return self.valid_until is not None and self.valid_until < today
