"""Events without enrolment: only heads were counted, nobody is named."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from courses import clock
from home.models import User
from lms.actions.events import record_event
from lms.models import Centre, Donor, Event, Project

from .keys import key

ZONE = ZoneInfo("Asia/Dushanbe")
Kind = Event.Kind


@dataclass(frozen=True)
class Gathering:
    """`held` is a share of last or of this year so far; `heads` by sex and age."""

    slug: str
    held: tuple[str, float]
    kind: str
    title: str
    centre: str
    heads: dict[tuple[str, str], int]
    audience: str = ""
    donor: str = "FSR"
    project: str = "HED"
    by: str = "m.sharipova"


GATHERINGS = [
    Gathering(
        "school-khujand",
        ("last", 0.35),
        Kind.AWARENESS,
        "Соати огоҳӣ дар мактаби №4",
        Centre.KHUJAND,
        {("f", "0-17"): 31, ("m", "0-17"): 27, ("f", "30-59"): 3},
    ),
    Gathering(
        "film-dushanbe",
        ("last", 0.52),
        Kind.SCREENING,
        "Показ фильма «Чужой билет»",
        Centre.DUSHANBE,
        {("f", "18-29"): 24, ("m", "18-29"): 19, ("f", "30-59"): 8, ("", ""): 5},
        audience="law_students",
        donor="PNC",
        project="LAB",
        by="f.odinaev",
    ),
    Gathering(
        "departure-kulob",
        ("last", 0.71),
        Kind.ORIENTATION,
        "Пеш аз сафар: шартнома ва ҳуҷҷатҳо",
        Centre.KULOB,
        {("m", "18-29"): 22, ("m", "30-59"): 14, ("f", "18-29"): 6},
    ),
    Gathering(
        "round-table-dushanbe",
        ("last", 0.9),
        Kind.ROUND_TABLE,
        "Круглый стол судов и прокуратуры",
        Centre.DUSHANBE,
        {("f", "30-59"): 9, ("m", "30-59"): 12, ("m", "60+"): 2},
        audience="judges",
        donor="PNC",
        project="LAB",
        by="n.juraeva",
    ),
    Gathering(
        "women-khorog",
        ("this", 0.1),
        Kind.AWARENESS,
        "Сӯҳбат бо занони маҳалла",
        Centre.KHOROG,
        {("f", "18-29"): 11, ("f", "30-59"): 17, ("f", "60+"): 6},
        by="b.mirzoev",
    ),
    Gathering(
        "departure-hisor",
        ("this", 0.22),
        Kind.ORIENTATION,
        "Пеш аз сафар: рақамҳои боэътимод",
        Centre.HISOR,
        {("m", "18-29"): 28, ("m", "30-59"): 9, ("f", "18-29"): 7, ("", "18-29"): 4},
        by="trainer",
    ),
    Gathering(
        "advice-ayni",
        ("this", 0.38),
        Kind.CONSULTATION,
        "Машварати ҳуқуқшинос",
        Centre.AYNI,
        {("f", "30-59"): 8, ("m", "30-59"): 5, ("m", "60+"): 3},
        by="trainer",
    ),
    Gathering(
        "school-tajikabad",
        ("this", 0.5),
        Kind.AWARENESS,
        "Соати огоҳӣ барои хатмкунандагон",
        Centre.TAJIKABAD,
        {("f", "0-17"): 38, ("m", "0-17"): 41},
    ),
    Gathering(
        "film-khujand",
        ("this", 0.68),
        Kind.SCREENING,
        "Намоиши филм ва сӯҳбат",
        Centre.KHUJAND,
        {("f", "18-29"): 20, ("m", "18-29"): 16, ("", ""): 12},
        donor="PNC",
        project="LAB",
    ),
    Gathering(
        "round-table-kulob",
        ("this", 0.85),
        Kind.ROUND_TABLE,
        "Мизи мудаввари шарикон",
        Centre.KULOB,
        {("f", "30-59"): 10, ("m", "30-59"): 13},
        audience="ngo",
        by="b.mirzoev",
    ),
]


def load_events(staff: dict[str, User]) -> int:
    """Write down those there are not yet, each on its evening; how many they were."""
    keys = {key("event", one.slug): one for one in GATHERINGS}
    known = set(Event.objects.filter(key__in=keys).values_list("key", flat=True))
    missing = [one for event, one in keys.items() if event not in known]
    for one in missing:
        _record(one, by=staff[one.by])
    return len(missing)


def held_on(gathering: Gathering, today: date) -> date:
    """A day that is over, whatever day it is today."""
    year, share = gathering.held
    first = date(today.year - (year == "last"), 1, 1)
    days = 365 if year == "last" else (today - first).days
    return min(first + timedelta(days=int(days * share)), today - timedelta(days=1))


@transaction.atomic
def _record(one: Gathering, *, by: User) -> None:
    now = clock.now()
    day = held_on(one, now.astimezone(ZONE).date())
    evening = datetime.combine(day, time(18), tzinfo=ZONE)
    with clock.stopped_at(min(evening, now)):
        record_event(
            key=key("event", one.slug),
            kind=one.kind,
            title=one.title,
            held_on=day,
            centre=one.centre,
            audience=one.audience,
            heads=one.heads,
            donors=Donor.objects.filter(short_name=one.donor),
            project=Project.objects.filter(short_name=one.project).first(),
            by=by,
        )
