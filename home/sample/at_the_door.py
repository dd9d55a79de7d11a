"""A morning at the door: codes scanned, a guest, one phone for two, an apology."""

from datetime import datetime, timedelta

from courses import clock
from home.models import User
from lms.actions.apologies import apologise
from lms.actions.check_ins import Whence, check_in
from lms.actions.guests import add_walk_in
from lms.actions.scanning import scan
from lms.actions.warnings import set_warning_rules
from lms.models import Cohort, Enrolment, MarkEvent, Session
from lms.personal_codes import personal_code
from lms.room_code import code_at

from .keys import key

GUEST = "Назаров Шералӣ"
APOLOGY = {
    "en": "My court hearing is that morning.",
    "ru": "В это утро у меня судебное заседание.",
    "tg": "Он субҳ ман дар маҷлиси суд ҳастам.",
}
# The first ones share a phone, the next ones show their own codes.
CHECKED_IN, SCANNED = slice(2), slice(2, 8)
# Who left before the end, so many minutes.
LEFT_EARLY = 25
PHONE, READER = (key("device", name).hex for name in ("phone", "reader"))


def warn_of_absences(cohort: Cohort, *, by: User) -> None:
    set_warning_rules(cohort, by=by, below=80, in_a_row=2, when_unreachable=True)


def arrive(session: Session, places: list[Enrolment], *, by: User) -> None:
    """Some are scanned as they come in; two share a phone for the code on the wall."""
    for place in places[SCANNED]:
        value = personal_code(place)
        scan(session, value=value, kind=MarkEvent.Kind.ENTRY, by=by, device=READER)
    for place in places[CHECKED_IN]:
        check_in(
            session,
            enrolment=place,
            by=place.person.user,
            whence=Whence(device=PHONE),
            code=code_at(session.secret, clock.now()),
        )


def come_unasked(session: Session, *, by: User) -> None:
    """Somebody without a place comes and stays."""
    add_walk_in(session, name=GUEST, by=by)


def leave(session: Session, places: list[Enrolment], *, by: User) -> None:
    for place in places[SCANNED]:
        value = personal_code(place)
        scan(session, value=value, kind=MarkEvent.Kind.EXIT, by=by, device=READER)


def say_sorry(session: Session, place: Enrolment) -> None:
    """Before a session that is still to come; nobody has decided yet."""
    reason = APOLOGY[session.cohort.locale]
    apologise(session, enrolment=place, reason=reason, by=place.person.user)


def before_the_end(session: Session) -> datetime:
    return session.ends_at - timedelta(minutes=LEFT_EARLY)
