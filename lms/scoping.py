"""Which rows staff may see: those of their cohorts. Every door of the admin asks."""

from django.contrib.auth import get_user_model
from django.db import models

from .models import (
    Apology,
    Attempt,
    AttendanceWarning,
    Cohort,
    CohortLetter,
    ConferenceUpload,
    CorrectionRequest,
    Enrolment,
    EnrolmentPeriod,
    Invitation,
    LostPass,
    Mark,
    MarkEvent,
    Message,
    Nomination,
    Nominee,
    OnlineRules,
    Override,
    PaperVariant,
    Person,
    Progress,
    RefusedCheckIn,
    RegisterScan,
    Response,
    RosterUpload,
    Session,
    SessionSeries,
    SignInSlip,
    Sitting,
    Staff,
    Survey,
    Ticket,
    Waiver,
    WarningRules,
)
from .roles import ADMINISTRATORS, GROUP_OF_ROLE, is_administrator, is_in

_TRAINER, _MARKER, _COORDINATOR, _OBSERVER = (
    Staff.Role.TRAINER,
    Staff.Role.MARKER,
    Staff.Role.COORDINATOR,
    Staff.Role.OBSERVER,
)
# What a role in a cohort allows there. "count" is a figure about people without rows.
ROLES_FOR = {
    "count": [_TRAINER, _MARKER, _COORDINATOR, _OBSERVER],
    "see": [_TRAINER, _MARKER, _COORDINATOR],
    "teach": [_TRAINER, _COORDINATOR],
    "mark": [_TRAINER, _MARKER, _COORDINATOR],
    "manage": [_COORDINATOR],
    "issue": [_COORDINATOR],
}

# Whose row is it: the path from a model to its cohort.
_paths: dict[type[models.Model], str] = {}


def register(model: type[models.Model], path_to_cohort: str) -> None:
    """Let `scope` answer for this model, too."""
    _paths[model] = path_to_cohort


register(Cohort, "pk")
register(Enrolment, "cohort")
register(EnrolmentPeriod, "enrolment__cohort")
register(Invitation, "cohort")
register(Nomination, "cohort")
register(Nominee, "nomination__cohort")
register(Session, "cohort")
register(SessionSeries, "cohort")
register(Staff, "cohort")
register(Survey, "cohort")
register(RosterUpload, "cohort")
register(Person, "enrolments__cohort")
register(Message, "cohort")
register(CorrectionRequest, "person__enrolments__cohort")
register(SignInSlip, "cohort")
register(Sitting, "cohort")
register(Ticket, "sitting__cohort")
register(CohortLetter, "cohort")
register(Override, "cohort")
register(Attempt, "enrolment__cohort")
register(LostPass, "enrolment__cohort")
register(Mark, "enrolment__cohort")
register(MarkEvent, "enrolment__cohort")
register(PaperVariant, "cohort")
register(RegisterScan, "cohort")
register(RefusedCheckIn, "session__cohort")
register(Progress, "enrolment__cohort")
register(Waiver, "enrolment__cohort")
register(Apology, "session__cohort")
register(AttendanceWarning, "enrolment__cohort")
register(ConferenceUpload, "session__cohort")
register(OnlineRules, "cohort")
register(WarningRules, "cohort")
register(Response, "attempt__enrolment__cohort")


def cohorts_for(user, action: str = "count") -> models.QuerySet[Cohort]:
    """The cohorts in which the user may do this; an observer may only count."""
    if not user.is_authenticated or not user.is_active:
        return Cohort.objects.none()
    if is_administrator(user):
        return Cohort.objects.all()
    return Cohort.objects.filter(pk__in=_cohorts_of_roles(user, action))


def scope(queryset: models.QuerySet, user, action: str = "see") -> models.QuerySet:
    """The rows of the user's cohorts; everything for administrators, else nothing."""
    if not user.is_authenticated or not user.is_active:
        return queryset.none()
    if is_administrator(user):
        return queryset
    path = _paths[queryset.model]
    cohorts = cohorts_for(user, action).values("pk")
    if path == "pk" or not _is_many(queryset.model, path):
        return queryset.filter(**{f"{path}__in": cohorts})
    # Through a sub-select: a join over many enrolments would repeat the row.
    rows = queryset.model._base_manager.filter(**{f"{path}__in": cohorts})
    return queryset.filter(pk__in=rows.values("pk"))


def scope_at_once(queryset: models.QuerySet, user, action: str) -> models.QuerySet:
    """As `scope`, for a page that counts its queries: the database finds out in the
    same one whether this is an administrator.
    """
    if not user.is_authenticated or not user.is_active:
        return queryset.none()
    if user.is_superuser:
        return queryset
    groups = get_user_model().groups.through.objects.filter(user=user.pk)
    is_theirs = models.Q(
        **{f"{_paths[queryset.model]}__in": _cohorts_of_roles(user, action)}
    )
    return queryset.filter(
        is_theirs | models.Exists(groups.filter(group__name=ADMINISTRATORS))
    )


def may(user, action: str, cohort: Cohort) -> bool:
    """May the user see, teach, mark, manage or issue in this cohort?"""
    return cohorts_for(user, action).filter(pk=cohort.pk).exists()


def may_anywhere(user, action: str) -> bool:
    """Does the user hold a role that allows this, be it without a cohort yet?"""
    if not user.is_authenticated:
        return False
    groups = [GROUP_OF_ROLE[role] for role in ROLES_FOR[action]]
    return is_in(user, [ADMINISTRATORS, *groups]) or cohorts_for(user, action).exists()


def holds(user, action: str, row: models.Model) -> bool:
    """May the user do this to this very row?"""
    rows = type(row)._base_manager.filter(pk=row.pk)
    return scope(rows, user, action).exists()


def _cohorts_of_roles(user, action: str) -> models.QuerySet:
    roles = Staff.objects.filter(user=user, role__in=ROLES_FOR[action])
    return roles.values("cohort")


def _is_many(model: type[models.Model], path: str) -> bool:
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            return True
        model = field.related_model
    return False
