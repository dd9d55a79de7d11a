"""Is the letter still needed? Asked again in the moment it is sent (CM-02).

Each function gives the reason to drop the letter, or None.
"""

from courses import clock
from lms.models import (
    Cohort,
    Enrolment,
    Invitation,
    Mark,
    Message,
    Override,
    Session,
    SurveyInvitation,
)

from .about import About

Dropped = Message.Dropped
Status = Enrolment.Status


def place_ended(about: About) -> Dropped | None:
    """Neither active nor completed. Staff, who have no place, are told all the same."""
    if "enrolment" in about.context and not about.enrolment.is_studying:
        return Dropped.ENDED
    return None


def course_complete(about: About) -> Dropped | None:
    if "enrolment" not in about.context:
        return None
    is_complete = about.enrolment.status == Status.COMPLETED
    return Dropped.COMPLETED if is_complete else None


def status_is_not(*wanted: str):
    """The place has gone on: what the letter says of it is answered or decided."""

    def answered(about: About) -> Dropped | None:
        return None if about.enrolment.status in wanted else Dropped.ANSWERED

    return answered


def status_is(*unwanted: str):
    def answered(about: About) -> Dropped | None:
        return Dropped.ANSWERED if about.enrolment.status in unwanted else None

    return answered


def too_late(about: About) -> Dropped | None:
    until = about.instant("until")
    return Dropped.TOO_LATE if until and until <= clock.now() else None


def cohort_over(about: About) -> Dropped | None:
    """Nobody can come any more."""
    if about.cohort.status == Cohort.Status.CANCELLED:
        return Dropped.CANCELLED
    today = clock.now().astimezone(about.cohort.zone).date()
    return Dropped.TOO_LATE if about.cohort.ends_on < today else None


def invitation_over(about: About) -> Dropped | None:
    """The code was used, or taken back."""
    found = Invitation.objects.filter(pk=about.context.get("invitation")).first()
    if found and found.claimed_at:
        return Dropped.ANSWERED
    return Dropped.TAKEN_BACK if found and found.revoked_at else None


def survey_over(about: About) -> Dropped | None:
    """Answered already, closed, or asked of somebody who is not asked any more."""
    asked = SurveyInvitation.objects.filter(
        survey=about.context.get("survey"), enrolment=about.context.get("enrolment")
    )
    invitation = asked.select_related("survey__cohort").first()
    if invitation is None:
        return None
    if invitation.answered_on:
        return Dropped.ANSWERED
    if invitation.survey.is_over(clock.now()):
        return Dropped.TOO_LATE
    is_wanted = SurveyInvitation.objects.wanted().filter(pk=invitation.pk).exists()
    return None if is_wanted else Dropped.ENDED


def cohort_cancelled(about: About) -> Dropped | None:
    is_cancelled = about.cohort.status == Cohort.Status.CANCELLED
    return Dropped.CANCELLED if is_cancelled else None


def has_place(about: About) -> Dropped | None:
    """Who was invited has come already."""
    taken = [Status.ACTIVE, Status.COMPLETED]
    places = Enrolment.objects.filter(person=about.person, status__in=taken)
    is_in = about.person and places.filter(cohort=about.cohort).exists()
    return Dropped.ANSWERED if is_in else None


def session_cancelled(about: About) -> Dropped | None:
    is_off = about.session.status == Session.Status.CANCELLED
    return Dropped.CANCELLED if is_off else None


def session_changed(about: About) -> Dropped | None:
    """Changed after the letter was written: another letter says how it is now."""
    is_same = about.session.sequence == about.context["sequence"]
    return None if is_same else Dropped.MOVED


def session_moved(about: About) -> Dropped | None:
    is_same = about.session.starts_at == about.instant("starts_at")
    return None if is_same else Dropped.MOVED


def session_begun(about: About) -> Dropped | None:
    has_begun = about.session.starts_at <= clock.now()
    return Dropped.TOO_LATE if has_begun else None


def not_absent(about: About) -> Dropped | None:
    """The register was corrected or is open again."""
    is_signed = about.session.register == Session.Register.SIGNED
    marks = Mark.objects.absent().filter(session=about.session)
    is_absent = marks.filter(enrolment=about.enrolment).exists()
    return None if is_signed and is_absent else Dropped.CORRECTED


def window_changed(about: About) -> Dropped | None:
    window = Override.objects.filter(pk=about.context.get("override")).first()
    is_same = window and window.opens_at == about.instant("opens_at")
    return None if is_same else Dropped.MOVED
