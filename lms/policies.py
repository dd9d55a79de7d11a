"""May this user do that to this row? Wagtail's views ask it through viewsets."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from . import scoping
from .models import (
    Cohort,
    CohortLetter,
    ConsentText,
    CorrectionRequest,
    Donor,
    Enrolment,
    Erasure,
    Invitation,
    Message,
    Nomination,
    Organisation,
    Person,
    Project,
    RetentionRun,
    Session,
    Staff,
    StatusSet,
    SurveyTemplate,
)
from .roles import ADMINISTRATORS, is_administrator


class CohortPolicy(BasePermissionPolicy):
    """Rights over a model whose rows belong to cohorts.

    `actions` translates Wagtail's words (add, change, delete, view) into what a role
    allows in a cohort; an action without a translation is for administrators.
    """

    def __init__(self, model, *, actions: dict[str, str]):
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user, action):
        wanted = self.actions.get(action)
        if wanted is None:
            return is_administrator(user)
        return scoping.may_anywhere(user, wanted)

    def users_with_any_permission(self, actions):
        roles = {
            role
            for action in actions
            if action in self.actions
            for role in scoping.ROLES_FOR[self.actions[action]]
        }
        staff = Staff.objects.filter(role__in=roles)
        return (
            get_user_model()
            .objects.filter(
                Q(is_superuser=True)
                | Q(groups__name=ADMINISTRATORS)
                | Q(pk__in=staff.values("user")),
                is_active=True,
            )
            .distinct()
        )

    def user_has_permission_for_instance(self, user, action, instance):
        wanted = self.actions.get(action)
        if wanted is None:
            return is_administrator(user)
        return scoping.holds(user, wanted, instance)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(
            self.user_has_permission_for_instance(user, action, instance)
            for action in actions
        )

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager.all()
        allowed = Q(pk=None)
        for action in actions:
            wanted = self.actions.get(action)
            if wanted is not None:
                allowed |= Q(pk__in=scoping.scope(rows, user, wanted).values("pk"))
        return rows if is_administrator(user) else rows.filter(allowed)

    def users_with_any_permission_for_instance(self, actions, instance):
        return get_user_model().objects.filter(
            pk__in=[
                user.pk
                for user in self.users_with_any_permission(actions)
                if self.user_has_any_permission_for_instance(user, actions, instance)
            ]
        )


class DirectoryPolicy(CohortPolicy):
    """Rights over a list that belongs to no cohort, such as organisations."""

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(self, user, actions):
        rows = self.model._default_manager.all()
        return rows if self.user_has_any_permission(user, actions) else rows.none()


_RUN = {"add": "manage", "change": "manage", "view": "see"}
_LET_IN = {"add": "manage", "change": "manage", "view": "manage"}
POLICIES = [
    CohortPolicy(Cohort, actions=_RUN),
    CohortPolicy(Enrolment, actions=_RUN),
    # A person of no cohort would be seen by nobody who adds them: enrolling adds them.
    CohortPolicy(Person, actions={"change": "manage", "view": "see"}),
    CohortPolicy(CorrectionRequest, actions={"change": "manage", "view": "manage"}),
    CohortPolicy(Session, actions={"add": "teach", "change": "teach", "view": "see"}),
    CohortPolicy(Staff, actions=_RUN),
    # Codes are for those who may let people in.
    CohortPolicy(Invitation, actions=_LET_IN),
    CohortPolicy(Nomination, actions=_LET_IN),
    CohortPolicy(Message, actions={"change": "manage", "view": "teach"}),
    CohortPolicy(
        CohortLetter, actions={"add": "teach", "change": "manage", "view": "teach"}
    ),
    # No role in a cohort suffices.
    DirectoryPolicy(ConsentText, actions={}),
    DirectoryPolicy(Erasure, actions={}),
    DirectoryPolicy(RetentionRun, actions={}),
    DirectoryPolicy(Organisation, actions=_RUN),
    DirectoryPolicy(Donor, actions=_RUN),
    DirectoryPolicy(Project, actions=_RUN),
    DirectoryPolicy(StatusSet, actions=_RUN),
    DirectoryPolicy(SurveyTemplate, actions=_RUN),
]


def register() -> None:
    """Before Wagtail asks for the first time."""
    for policy in POLICIES:
        register_permission_policy(policy.model, policy)
