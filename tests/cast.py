"""The standing cast of every access test: two cohorts and who has to do with them."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from lms import roles
from lms.actions.cohorts import add_staff

from .factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_session,
    make_user,
)


def make_cast(edition=None, other_edition=None) -> SimpleNamespace:
    """Each of ours has a double in the other cohort; the stranger has nothing."""
    cohort, other_cohort = make_cohort(edition), make_cohort(other_edition)
    cast = SimpleNamespace(cohort=cohort, other_cohort=other_cohort)
    cast.person, cast.other_person = make_participant(), make_participant()
    cast.enrolment = make_enrolment(cast.person, cohort)
    cast.other_enrolment = make_enrolment(cast.other_person, other_cohort)
    cast.session, cast.other_session = make_session(cohort), make_session(other_cohort)
    cast.participant, cast.other_participant = cast.person.user, cast.other_person.user
    for role in ("trainer", "marker", "coordinator", "observer"):
        setattr(cast, role, _staff(cohort, role))
        setattr(cast, f"other_{role}", _staff(other_cohort, role))
    administrators = Group.objects.get(name=roles.ADMINISTRATORS)
    cast.administrator = make_user(groups=[administrators])
    cast.stranger = make_user()
    return cast


def _staff(cohort, role):
    user = make_user()
    add_staff(cohort, user=user, role=role, by=None)
    return user


def choose_language(user, language) -> None:
    """As on the account's page in the admin."""
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
