"""Ways in for those who were asked: invitations and nominations."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lms.codes import grouped

from .cohort import Cohort
from .enrolment import Enrolment
from .person import Organisation, Person

CODE_LENGTH = 12


class Coded(models.Model):
    """Has a code that is typed from a letter, until it expires or is taken back."""

    code = models.CharField(
        _("code"), max_length=CODE_LENGTH, unique=True, editable=False
    )
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(
        _("taken back at"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("made at"), editable=False)

    class Meta:
        abstract = True

    @property
    def spelled_code(self) -> str:
        return grouped(self.code, 4)

    def is_over(self, now: datetime) -> bool:
        return self.revoked_at is not None or self.expires_at <= now


class CodedQuerySet(models.QuerySet):
    def valid(self, now: datetime):
        return self.filter(revoked_at=None, expires_at__gt=now)


def any_email(emails: list[str]) -> models.Q:
    """One of these addresses, in whatever case of letters."""
    wanted = models.Q(pk=None)
    for email in emails:
        wanted |= models.Q(email__iexact=email)
    return wanted


class InvitationQuerySet(CodedQuerySet):
    def unclaimed(self, now: datetime):
        return self.valid(now).filter(claimed_at=None)

    def meant_for(self, person: Person, emails: list[str]):
        """To this person, or to an address they have shown to be theirs (EN-07)."""
        return self.filter(models.Q(person=person) | any_email(emails))


class Invitation(Coded):
    """Asks one person into a cohort; the code works once, whatever their e-mail.

    It takes no seat: who claims it in a full cohort waits with the others.
    """

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    enrolment = models.ForeignKey(
        Enrolment,
        verbose_name=_("enrolment"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    claimed_at = models.DateTimeField(_("claimed at"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(email=""),
                name="invitation_is_to_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment=None, claimed_at=None)
                | models.Q(enrolment__isnull=False, claimed_at__isnull=False),
                name="claimed_invitation_has_a_place",
            ),
        ]

    def __str__(self):
        return str(self.person) if self.person else self.email


class Nomination(Coded):
    """So many seats that an organisation may fill with people of its own choice.

    Its people type `code`; who answers for the organisation opens a page by `key`,
    without an account. It keeps no seat free: capacity is shared by all.
    """

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="nominations",
    )
    seats = models.PositiveSmallIntegerField(_("seats"))
    contact_name = models.CharField(_("contact person"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    key = models.CharField(max_length=43, unique=True, editable=False)

    objects = CodedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "organisation"],
                condition=models.Q(revoked_at=None),
                name="one_nomination_per_cohort_and_organisation",
                violation_error_message=_(
                    "This organisation has a nomination for the cohort already."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="nomination_has_a_seat",
                violation_error_message=_("Give at least one seat."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation} - {self.cohort.code}"

    @property
    def seats_left(self) -> int:
        """Neither used nor named."""
        return max(self.seats - self.nominees.current().count(), 0)


class NomineeQuerySet(models.QuerySet):
    def current(self):
        """Not replaced by somebody else."""
        return self.filter(replaced_at=None)

    def naming(self, person: Person, emails: list[str]):
        """This person, by the place they took or by an address of theirs."""
        return self.filter(models.Q(enrolment__person=person) | any_email(emails))


class Nominee(models.Model):
    """Somebody an organisation sends: named by it, or known by having used its code."""

    nomination = models.ForeignKey(
        Nomination, on_delete=models.PROTECT, related_name="nominees"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    enrolment = models.OneToOneField(
        Enrolment,
        null=True,
        on_delete=models.PROTECT,
        related_name="nominee",
    )
    used_at = models.DateTimeField(_("used at"), null=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    created_at = models.DateTimeField(_("named at"))

    objects = NomineeQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("nominee")
        verbose_name_plural = _("nominees")
        constraints = [
            models.UniqueConstraint(
                "nomination",
                Lower("email"),
                condition=~models.Q(email="") & models.Q(replaced_at=None),
                name="one_nominee_per_email",
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment=None, used_at=None)
                | models.Q(enrolment__isnull=False, used_at__isnull=False),
                name="used_nomination_has_a_place",
            ),
        ]

    def __str__(self):
        return self.name
