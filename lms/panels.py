"""What waits for staff: on the dashboard, on a cohort's page, on the trainers' page.

An app above `lms` adds its own with `register_panel`, so that `lms` knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component

from courses import clock

from . import scoping, sign_offs, timetable
from .models import (
    Cohort,
    CohortLetter,
    CorrectionRequest,
    Enrolment,
    Erasure,
    Message,
)
from .roles import is_administrator

MOST_WISHES = 10


@dataclass(frozen=True)
class Task:
    """Something waiting, in one cohort mostly: how much, in words, where to do it.

    `here` says it where the cohort is known already; empty says `text` there, too.
    """

    cohort: Cohort | None
    count: int
    text: str
    url: str
    here: str = ""


@dataclass(frozen=True)
class Panel:
    """A kind of task. `action` is what its user must be allowed (`scoping.ROLES_FOR`).

    `tasks` takes the cohorts, as a queryset, and asks the same number of queries
    however many there are.
    """

    key: str
    title: str
    action: str
    tasks: Callable[[QuerySet[Cohort]], list[Task]]


@dataclass(frozen=True)
class SitePanel:
    """A kind of task that belongs to no cohort: administrators see it."""

    key: str
    title: str
    tasks: Callable[[], list[Task]]


@dataclass(frozen=True)
class OwnPanel:
    """A kind of task that is one's own, whatever one's role: asked with the user."""

    key: str
    title: str
    tasks: Callable[[AbstractBaseUser], list[Task]]


_panels: dict[str, Panel] = {}
_site_panels: dict[str, SitePanel] = {}
_own_panels: dict[str, OwnPanel] = {}


def register_panel(panel: Panel) -> None:
    """Show this kind of task, too; a second panel of one key replaces the first."""
    _panels[panel.key] = panel


def register_site_panel(panel: SitePanel) -> None:
    """The same for what belongs to no cohort."""
    _site_panels[panel.key] = panel


def register_own_panel(panel: OwnPanel) -> None:
    """The same for what waits for one account and no other."""
    _own_panels[panel.key] = panel


def waiting(
    user, cohort: Cohort | None = None
) -> list[tuple[Panel | SitePanel | OwnPanel, list[Task]]]:
    """The user's tasks by kind, in all their cohorts or in this one; no empty kinds."""
    found = _of_site() if cohort is None and is_administrator(user) else []
    found += _of(user) if cohort is None else []
    for panel in _panels.values():
        cohorts = scoping.cohorts_for(user, panel.action)
        if cohort is not None:
            cohorts = cohorts.filter(pk=cohort.pk)
        tasks = panel.tasks(cohorts)
        if tasks:
            found.append((panel, tasks))
    return found


def _of_site() -> list[tuple[SitePanel, list[Task]]]:
    told = [(panel, panel.tasks()) for panel in _site_panels.values()]
    return [(panel, tasks) for panel, tasks in told if tasks]


def _of(user) -> list[tuple[OwnPanel, list[Task]]]:
    told = [(panel, panel.tasks(user)) for panel in _own_panels.values()]
    return [(panel, tasks) for panel, tasks in told if tasks]


def _registers(cohorts) -> list[Task]:
    return [
        Task(
            session.cohort,
            1,
            _("%(day)s, %(time)s: %(cohort)s")
            % (_when(session) | {"cohort": session.cohort.title}),
            reverse("lms:register", args=[session.pk]),
            _("%(day)s, %(time)s") % _when(session),
        )
        for session in timetable.registers_to_sign(cohorts)
    ]


def _when(session) -> dict[str, str]:
    return {
        "day": date_format(session.local_date, "j E"),
        "time": session.local_time.strftime("%H:%M"),
    }


def _lessons(cohorts) -> list[Task]:
    return [
        Task(
            cohort,
            count,
            ngettext(
                "%(cohort)s: %(count)s sign-off missing",
                "%(cohort)s: %(count)s sign-offs missing",
                count,
            )
            % {"cohort": cohort.title, "count": count},
            reverse("lms:sign_off", args=[cohort.pk]),
            ngettext("%(count)s sign-off missing", "%(count)s sign-offs missing", count)
            % {"count": count},
        )
        for cohort, count in sign_offs.waiting_by_cohort(cohorts).items()
    ]


def _requests(cohorts) -> list[Task]:
    asked = Count("enrolments", Q(enrolments__status=Enrolment.Status.REQUESTED))
    return [
        Task(
            cohort,
            cohort.asked,
            ngettext(
                "%(cohort)s: %(count)s request",
                "%(cohort)s: %(count)s requests",
                cohort.asked,
            )
            % {"cohort": cohort.title, "count": cohort.asked},
            reverse("lms_cohorts:admission", args=[cohort.pk]),
        )
        for cohort in cohorts.annotate(asked=asked).filter(asked__gt=0)
    ]


def _failed(cohorts) -> list[Task]:
    failed = Count("messages", Q(messages__state=Message.State.FAILED))
    url = reverse("lms_messages:index")
    return [
        Task(
            cohort,
            cohort.failed,
            ngettext(
                "%(cohort)s: %(count)s letter failed",
                "%(cohort)s: %(count)s letters failed",
                cohort.failed,
            )
            % {"cohort": cohort.title, "count": cohort.failed},
            f"{url}?state={Message.State.FAILED}&cohort={cohort.pk}",
        )
        for cohort in cohorts.annotate(failed=failed).filter(failed__gt=0)
    ]


def _to_print(cohorts) -> list[Task]:
    due = Q(
        messages__channel=Message.Channel.PAPER,
        messages__state=Message.State.QUEUED,
        messages__due_at__lte=clock.now(),
    )
    return [
        Task(
            cohort,
            cohort.on_paper,
            ngettext(
                "%(cohort)s: %(count)s letter to print",
                "%(cohort)s: %(count)s letters to print",
                cohort.on_paper,
            )
            % {"cohort": cohort.title, "count": cohort.on_paper},
            reverse("lms_cohorts:print_letters", args=[cohort.pk]),
        )
        for cohort in cohorts.annotate(on_paper=Count("messages", due)).filter(
            on_paper__gt=0
        )
    ]


def _to_approve(cohorts) -> list[Task]:
    letters = CohortLetter.objects.filter(
        cohort__in=cohorts, approved_at=None, taken_back_at=None
    )
    return [
        Task(
            letter.cohort,
            1,
            _("%(cohort)s: %(letter)s")
            % {"cohort": letter.cohort.title, "letter": letter.subject},
            reverse("lms_cohort_letters:approve", args=[letter.pk]),
        )
        for letter in letters.select_related("cohort")
    ]


register_panel(
    Panel("requests", gettext_lazy("Requests to answer"), "manage", _requests)
)
register_panel(
    Panel("registers", gettext_lazy("Registers to sign off"), "teach", _registers)
)
register_panel(Panel("lessons", gettext_lazy("Lessons to sign off"), "teach", _lessons))


def _lost_passes(cohorts) -> list[Task]:
    waiting = Count(
        "enrolments__lost_passes", Q(enrolments__lost_passes__settled_at=None)
    )
    return [
        Task(
            cohort,
            cohort.lost,
            ngettext(
                "%(cohort)s: %(count)s pass lost to a regrade",
                "%(cohort)s: %(count)s passes lost to a regrade",
                cohort.lost,
            )
            % {"cohort": cohort.title, "count": cohort.lost},
            reverse("lms:lost_passes", args=[cohort.code]),
            ngettext(
                "%(count)s pass lost to a regrade",
                "%(count)s passes lost to a regrade",
                cohort.lost,
            )
            % {"count": cohort.lost},
        )
        for cohort in cohorts.annotate(lost=waiting).filter(lost__gt=0)
    ]


register_panel(
    Panel("passes", gettext_lazy("Passes to decide about"), "manage", _lost_passes)
)


def _corrections(cohorts) -> list[Task]:
    """Counted in each cohort of the person: whoever runs one may answer."""
    asking = CorrectionRequest.objects.open().values("person")
    found = cohorts.filter(enrolments__person__in=asking).annotate(
        asked=Count(
            "enrolments__person__corrections",
            filter=Q(
                enrolments__person__corrections__state=CorrectionRequest.State.OPEN
            ),
            distinct=True,
        )
    )
    url = reverse("lms_corrections:index") + "?state=open"
    return [
        Task(
            cohort,
            cohort.asked,
            ngettext(
                "%(cohort)s: %(count)s correction to answer",
                "%(cohort)s: %(count)s corrections to answer",
                cohort.asked,
            )
            % {"cohort": cohort.title, "count": cohort.asked},
            url,
        )
        for cohort in found
    ]


register_panel(
    Panel("corrections", gettext_lazy("Corrections to answer"), "manage", _corrections)
)
register_panel(
    Panel("letters", gettext_lazy("Letters to approve"), "manage", _to_approve)
)
register_panel(Panel("paper", gettext_lazy("Letters to print"), "manage", _to_print))


def _wishes() -> list[Task]:
    """Each leads to its dry run, the one who has waited longest first."""
    asked = Erasure.objects.filter(state=Erasure.State.ASKED)
    first = asked.select_related("person").order_by("asked_at", "pk")[:MOST_WISHES]
    tasks = [
        Task(
            None,
            1,
            _("%(person)s, asked on %(day)s")
            % {
                "person": wish.person,
                "day": date_format(timezone.localtime(wish.asked_at), "j E"),
            },
            reverse("lms_people:erase", args=[wish.person_id]),
        )
        for wish in first
    ]
    if tasks:
        url = f"{reverse('lms_erasures:index')}?state={Erasure.State.ASKED}"
        text = _("All wishes to be forgotten (%(count)s)")
        tasks.append(Task(None, 0, text % {"count": asked.count()}, url))
    return tasks


register_site_panel(
    SitePanel("wishes", gettext_lazy("Wishes to be forgotten"), _wishes)
)
register_panel(Panel("failed", gettext_lazy("Letters that failed"), "manage", _failed))


class TrainingPanel(Component):
    """On the admin's dashboard: today's sessions and what waits."""

    order = 50
    template_name = "lms/admin/dashboard.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            "is_shown": scoping.may_anywhere(user, "see"),
            "today": timetable.sessions_today(user),
            "waiting": waiting(user),
        }
