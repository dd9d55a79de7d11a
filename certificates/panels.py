"""What waits about certificates: on the dashboard, one line a cohort."""

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from certificates.due import committee, paths
from certificates.due.announcing import due_by_hand
from lms.models import Cohort
from lms.panels import OwnPanel, Panel, Task

from .models import AutomaticRefusal, Certificate
from .models.kinds import Kind


def ready(cohorts: QuerySet[Cohort]) -> list[Task]:
    """Who has earned a certificate that somebody has to issue or to propose.

    Those whose course gives none are left out, those of which it issues itself, and
    those for whom a committee has still to decide.
    """
    due = due_by_hand(cohorts)
    keys = {key for counts in due.values() for key in counts}
    return [
        _ready(cohort, kind, counts[cohort.pk])
        for cohort in cohorts.filter(pk__in=keys)
        for kind, counts in due.items()
        if counts[cohort.pk]
    ]


def _ready(cohort: Cohort, kind: str, count: int) -> Task:
    """Completion is what everybody expects; any other kind is named."""
    of_cohort = ngettext(
        "%(cohort)s: %(count)s person is ready",
        "%(cohort)s: %(count)s people are ready",
        count,
    )
    here = ngettext("%(count)s person is ready", "%(count)s people are ready", count)
    here %= {"count": count}
    url, title = reverse("certificates:issue_cohort", args=[cohort.pk]), cohort.title
    if kind != Kind.COMPLETION:
        label = Kind(kind).label
        url, title = f"{url}?kind={kind}", f"{title}, {label}"
        here = f"{label}: {here}"
    return Task(cohort, count, of_cohort % {"cohort": title, "count": count}, url, here)


def to_look_at_again(cohorts: QuerySet[Cohort]) -> list[Task]:
    """Valid awards that rested on a certificate which was revoked (CE-21)."""
    awards = Certificate.objects.filter(cohort__in=cohorts)
    rows = paths.to_recheck(awards).select_related("person", "cohort").order_by("pk")
    return [
        Task(
            row.cohort,
            1,
            f"{row.cohort.title}: {row.person}, {row.number}",
            reverse("certificates_list:inspect", args=[row.pk]),
            f"{row.person}, {row.number}",
        )
        for row in rows.defer("content")
    ]


def not_issued(cohorts: QuerySet[Cohort]) -> list[Task]:
    """What should have issued itself, with somebody to mend what stands against it."""
    rows = AutomaticRefusal.objects.to_show().filter(enrolment__cohort__in=cohorts)
    counts = dict(
        rows.order_by().values_list("enrolment__cohort").annotate(number=Count("pk"))
    )
    words = gettext("%(count)s did not issue itself")
    return [
        Task(
            cohort,
            counts[cohort.pk],
            f"{cohort.title}: {words % {'count': counts[cohort.pk]}}",
            reverse("certificates:not_issued", args=[cohort.pk]),
            words % {"count": counts[cohort.pk]},
        )
        for cohort in cohorts.filter(pk__in=counts)
    ]


def votes(user) -> list[Task]:
    """Lists on which this account has still to vote."""
    return [
        Task(
            proposal.cohort,
            1,
            f"{proposal.cohort.title}: {proposal.get_kind_display()}",
            reverse("certificates:proposal", args=[proposal.pk]),
            proposal.get_kind_display(),
        )
        for proposal in committee.waiting_for(user)
    ]


PANELS = [
    Panel("certificates", _("Ready for a certificate"), "issue", ready),
    Panel("not_issued", _("Certificates that stayed behind"), "issue", not_issued),
    Panel("rechecks", _("Awards to look at again"), "issue", to_look_at_again),
]
VOTES = OwnPanel("votes", _("Waiting for your vote"), votes)
