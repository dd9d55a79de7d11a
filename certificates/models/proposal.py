from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.models import Cohort, Enrolment

from .kinds import Kind


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Proposal.State.OPEN)

    def approved(self):
        """The committee agreed; what was issued since is among them."""
        return self.filter(state__in=[Proposal.State.APPROVED, Proposal.State.ISSUED])


class Proposal(models.Model):
    """A list of people of one cohort for whom a committee is asked.

    `approvals` is how many votes the rule asked for when the list was made. A list that
    is changed begins anew: its votes are deleted, the log keeps that they were given.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits for votes")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        ISSUED = "issued", _("Issued")

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        on_delete=models.PROTECT,
        related_name="proposals",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("proposed at"))
    approvals = models.PositiveSmallIntegerField(_("votes needed"))
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.OPEN
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("list for the committee")
        verbose_name_plural = _("lists for the committee")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "kind"],
                condition=models.Q(state__in=["open", "refused"]),
                name="one_undecided_proposal_per_cohort_and_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False)),
                name="decided_proposal_says_when",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.cohort.code}"

    @property
    def is_changeable(self) -> bool:
        """Until the committee has agreed."""
        return self.state in (self.State.OPEN, self.State.REFUSED)


class ProposedPlace(models.Model):
    """One row of the list: a place, or the account of somebody who taught."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="places"
    )
    enrolment = models.ForeignKey(
        Enrolment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("row of a list for the committee")
        verbose_name_plural = _("rows of lists for the committee")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "enrolment"], name="one_row_per_proposed_place"
            ),
            models.UniqueConstraint(
                fields=["proposal", "trainer"], name="one_row_per_proposed_trainer"
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=True, trainer__isnull=False)
                | models.Q(enrolment__isnull=False, trainer__isnull=True),
                name="proposed_is_a_place_or_a_trainer",
            ),
        ]

    def __str__(self):
        return str(self.enrolment or self.trainer)


class Vote(models.Model):
    """What one member of the committee says to a list; who says no says why."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="votes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agrees = models.BooleanField(_("agrees"))
    note = models.TextField(_("note"), blank=True)
    voted_at = models.DateTimeField(_("voted at"))

    class Meta:
        ordering = ["voted_at", "pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "user"], name="one_vote_per_member_and_list"
            ),
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(note=""),
                name="refusing_vote_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.proposal} {self.user}"
