from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.models import Cohort, Enrolment

from .certificate import Certificate

# A worker that has not told what came of a place by then is taken for dead.
LEASE = timedelta(seconds=45)


class IssueRunQuerySet(models.QuerySet):
    def open(self):
        """Still to be finished, by a worker or by a decision."""
        return self.filter(state__in=IssueRun.OPEN)

    def going(self):
        """To be worked on now."""
        return self.filter(state__in=IssueRun.GOING)


class IssueRun(models.Model):
    """Certificates for many people, as one job that may be stopped at any moment.

    Of a cohort, or of everybody whom `query` describes; then `cohort` is null. `note`
    says why it was paused. `newest` is the last certificate there was when it began:
    what is newer was issued since. No clock is asked for that.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("run", "Waiting to begin")
        RUNNING = "running", pgettext_lazy("run", "Being issued")
        PAUSED = "paused", pgettext_lazy("run", "Paused")
        STOPPED = "stopped", pgettext_lazy("run", "Stopped")
        DONE = "done", pgettext_lazy("run", "Done")

    GOING = [State.WAITING, State.RUNNING]
    OPEN = [*GOING, State.PAUSED]

    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        on_delete=models.PROTECT,
        related_name="issue_runs",
    )
    query = models.JSONField(_("for whom"), default=dict)
    kind = models.CharField(_("kind"), max_length=20, choices=Certificate.Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("started by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    language = models.CharField(max_length=10)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING
    )
    note = models.TextField(_("why it was paused"), blank=True)
    newest = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(_("asked at"))
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = IssueRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("run of certificates")
        verbose_name_plural = _("runs of certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "kind"],
                condition=Q(state__in=["waiting", "running", "paused"]),
                name="one_open_run_per_cohort_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["stopped", "done"]) ^ Q(finished_at=None),
                name="ended_run_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind="trainer"), name="run_is_of_a_kind_for_places"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_going(self) -> bool:
        return self.state in self.GOING

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def counts(self) -> dict[str, int]:
        """How many places are in each state, all together and dealt with; one query."""
        rows = self.places.order_by().values_list("state").annotate(number=Count("pk"))
        found = dict.fromkeys(IssueRunPlace.State.values, 0) | dict(rows)
        total = sum(found.values())
        return found | {"total": total, "done": total - found["waiting"]}


class IssueRunPlaceQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=IssueRunPlace.State.WAITING)

    def free(self, now: datetime):
        """Waiting, and in no living worker's hands.

        A lease that ends much later than one that began now is of a clock that was put
        back since: it binds nobody. Clocks of workers may differ by a lease's length.
        """
        is_free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self.waiting().filter(is_free | Q(leased_until__gt=now + 2 * LEASE))


class IssueRunPlace(models.Model):
    """One place in a run, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("place of a run", "Waiting")
        ISSUED = "issued", pgettext_lazy("place of a run", "Issued")
        ALREADY = "already", pgettext_lazy("place of a run", "Had one already")
        REFUSED = "refused", pgettext_lazy("place of a run", "Not issued")

    run = models.ForeignKey(IssueRun, on_delete=models.PROTECT, related_name="places")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.WAITING
    )
    refusal = models.TextField(_("why not"), blank=True)
    certificate = models.ForeignKey(
        Certificate, null=True, on_delete=models.PROTECT, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)

    objects = IssueRunPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("place of a run")
        verbose_name_plural = _("places of runs")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "enrolment"], name="one_place_per_run_and_enrolment"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["issued", "already"]) ^ Q(certificate=None),
                name="place_of_a_run_has_its_certificate",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") ^ Q(refusal=""),
                name="refused_place_of_a_run_says_why",
            ),
        ]
        indexes = [models.Index(fields=["run", "state"], name="places_of_a_run")]

    def __str__(self):
        return f"{self.run_id} {self.enrolment_id}"
