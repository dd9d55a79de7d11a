"""The eleven cohorts: what they study, where and when, who is in them, who pays."""

from dataclasses import dataclass, field
from datetime import date, timedelta

DONORS = [
    ("Fund for Safe Roads", "FSR"),
    ("Partnership of the Northern Cities", "PNC"),
]
PROJECTS = [
    ("Help in every district", "HED"),
    ("Learning across borders", "LAB"),
]

KEPT = (
    "code",
    "title",
    "mode",
    "admission",
    "timezone",
    "place",
    "region",
    "capacity",
    "offer_hours",
    "locale",
)


@dataclass(frozen=True)
class Plan:
    """`newcomers` are new people by audience, `returning` have the foundations.

    `days` are those of its sessions, counted from the first day of the cohort. Some of
    those who begin sit a pre-test where `has_pre_test`, and some are asked at the end
    where `has_survey`; codes are read at the door where `has_door`. `nominated_by` is
    an organisation with seats of its own. What `is_whole` does not shrink with others.
    """

    code: str
    course: str
    title: str
    place: str
    region: str
    starts: str
    days: tuple[int, ...]
    lasts: int
    newcomers: dict[str, int]
    returning: dict[str, int] = field(default_factory=dict)
    donors: tuple[str, ...] = ("FSR",)
    project: str = "HED"
    locale: str = "tg"
    mode: str = "blended"
    admission: str = "staff"
    timezone: str = "Asia/Dushanbe"
    trainer: str = "m.sharipova"
    coordinator: str = "z.nazarova"
    from_everywhere: bool = False
    capacity: int = 60
    offer_hours: int = 72
    has_pre_test: bool = False
    has_survey: bool = False
    has_door: bool = False
    nominated_by: str = ""
    is_whole: bool = False

    @property
    def is_entered_by_oneself(self) -> bool:
        return self.admission in ("open", "request")

    def as_fields(self) -> dict:
        """What the cohort itself keeps of it."""
        return {name: getattr(self, name) for name in KEPT}


PLANS = [
    Plan(
        code="FND-KHUJAND",
        course="foundations",
        title="Асосҳо, Хуҷанд",
        place="Хуҷанд",
        region="sughd",
        starts="last 0.60",
        days=(0, 1, 2),
        lasts=18,
        newcomers={"police": 16, "prosecutors": 10, "judges": 8},
        has_pre_test=True,
    ),
    Plan(
        code="FND-DUSHANBE",
        course="foundations",
        title="Основы, Душанбе",
        place="Душанбе",
        region="dushanbe",
        starts="this 0.05",
        days=(0, 1, 7, 8),
        lasts=25,
        newcomers={"police": 10, "law_students": 12, "prosecutors": 8, "judges": 8},
        donors=("PNC",),
        project="LAB",
        locale="ru",
        trainer="f.odinaev",
        from_everywhere=True,
    ),
    Plan(
        code="FC-KULOB",
        course="first-contact",
        title="Мулоқоти аввал, Кӯлоб",
        place="Кӯлоб",
        region="khatlon",
        starts="this 0.20",
        days=(0, 1, 2, 3, 4),
        lasts=20,
        newcomers={"police": 10},
        returning={"police": 14},
        trainer="f.odinaev",
        coordinator="b.mirzoev",
    ),
    Plan(
        code="CC-DUSHANBE",
        course="case-in-court",
        title="Дело в суде, Душанбе",
        place="Душанбе",
        region="dushanbe",
        starts="this 0.30",
        days=(0, 1, 2, 3),
        lasts=21,
        newcomers={"prosecutors": 4, "judges": 4},
        returning={"prosecutors": 9, "judges": 9},
        donors=("FSR", "PNC"),
        project="LAB",
        locale="ru",
        trainer="n.juraeva",
    ),
    Plan(
        code="FND-ABROAD",
        course="foundations",
        title="Foundations, online",
        place="online",
        region="abroad",
        starts="this 0.40",
        days=(0, 7, 14),
        lasts=28,
        newcomers={"consulate": 20, "diaspora": 20},
        donors=("PNC",),
        project="LAB",
        has_pre_test=True,
        locale="en",
        mode="online",
        timezone="Europe/Moscow",
        trainer="n.juraeva",
        coordinator="b.mirzoev",
    ),
    Plan(
        code="AS-KHOROG",
        course="assistance",
        title="Кумакрасонӣ, Хоруғ",
        place="Хоруғ",
        region="gbao",
        starts="this 0.60",
        days=(0, 1, 2, 3, 4),
        lasts=21,
        newcomers={"ngo": 30},
        has_survey=True,
        trainer="m.sharipova",
        coordinator="b.mirzoev",
    ),
    Plan(
        code="FC-HISOR",
        course="first-contact",
        title="Мулоқоти аввал, Ҳисор",
        place="Ҳисор",
        region="drs",
        starts="now -7",
        days=(0, 1, 7, 8),
        lasts=21,
        newcomers={"police": 20},
        returning={"police": 8},
        trainer="trainer",
        has_door=True,
    ),
    Plan(
        code="FND-AYNI",
        course="foundations",
        title="Асосҳо, Айнӣ",
        place="Айнӣ",
        region="sughd",
        starts="now -3",
        days=(1, 2, 4, 8),
        lasts=21,
        newcomers={"ngo": 10, "police": 12, "law_students": 14},
        donors=("FSR", "PNC"),
        trainer="trainer",
        coordinator="b.mirzoev",
    ),
    Plan(
        code="AS-TAJIKABAD",
        course="assistance",
        title="Кумакрасонӣ, Тоҷикобод",
        place="Тоҷикобод",
        region="drs",
        starts="now 20",
        days=(0, 1, 2),
        lasts=21,
        newcomers={"ngo": 14},
        returning={"consulate": 10},
        trainer="m.sharipova",
    ),
    Plan(
        code="FND-OPEN",
        course="foundations",
        title="Основы для всех, онлайн",
        place="онлайн",
        region="",
        starts="now 9",
        days=(0, 7, 14),
        lasts=35,
        newcomers={"law_students": 8, "diaspora": 4, "ngo": 2, "prosecutors": 2},
        donors=(),
        project="LAB",
        locale="ru",
        mode="online",
        admission="open",
        trainer="f.odinaev",
        from_everywhere=True,
        capacity=80,
        nominated_by="Донишкадаи ҳуқуқи Навбаҳор",
        is_whole=True,
    ),
    Plan(
        code="FND-VAKHSH",
        course="foundations",
        title="Асосҳо, Вахш",
        place="Вахш",
        region="khatlon",
        starts="now 16",
        days=(0, 1, 2),
        lasts=21,
        newcomers={"police": 14},
        admission="request",
        capacity=8,
        offer_hours=168,
        coordinator="b.mirzoev",
        is_whole=True,
    ),
]


def starts_on(plan: Plan, today: date) -> date:
    """The first day: a share of last year or of this year so far, or days from now.

    What is past or to come begins on a Monday; what is past ended a fortnight ago.
    """
    when, _, number = plan.starts.partition(" ")
    if when == "now":
        begins = today + timedelta(days=int(number))
        return begins + timedelta(days=-begins.weekday() % 7 if begins > today else 0)
    first = date(today.year - (when == "last"), 1, 1)
    latest = today - timedelta(days=plan.lasts + 14)
    days = 365 if when == "last" else (today - first).days
    begins = min(first + timedelta(days=int(days * float(number))), latest)
    return begins - timedelta(days=begins.weekday())


def scaled(plan: Plan, share: float) -> Plan:
    """The same cohort with a share of its people, at least one of each kind."""
    if share == 1 or plan.is_whole:
        return plan
    fewer = {
        name: {audience: max(round(n * share), 1) for audience, n in group.items()}
        for name, group in (
            ("newcomers", plan.newcomers),
            ("returning", plan.returning),
        )
    }
    return Plan(**plan.__dict__ | fewer)
