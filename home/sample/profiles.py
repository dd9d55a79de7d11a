"""Invented people for a cohort. The same seed invents the same people."""

from dataclasses import dataclass
from random import Random

from .employers import POSITIONS, employer_for
from .names import make_name
from .plans import Plan

REGIONS = ("dushanbe", "sughd", "khatlon", "drs", "gbao")
LOCALES = {"tajik": "tg", "russian": "ru", "latin": "en", "persian": "tg"}
WOMEN_OF_TEN = {"police": 3, "prosecutors": 4, "judges": 5, "ngo": 7}


@dataclass(frozen=True)
class Profile:
    """The fields of a Person, with the name of the organisation."""

    legal_name: str
    latin_name: str
    email: str
    locale: str
    sex: str
    audience: str
    organisation: str
    position: str
    region: str


# Whose account is ready: she has a certificate and is in the middle of another course.
PARTICIPANT_BEGAN_IN = "FND-DUSHANBE"
PARTICIPANT_IS_IN = "FC-HISOR"
PARTICIPANT = Profile(
    legal_name="Назарзода Фирӯза",
    latin_name="Nazarzoda Firuza",
    email="participant@example.org",
    locale="tg",
    sex="f",
    audience="police",
    organisation="Раёсати корҳои дохилии шаҳри Навбаҳор",
    position="нозир",
    region="dushanbe",
)


def invent(plan: Plan) -> list[Profile]:
    """The newcomers of this cohort, each with another name."""
    random = Random(plan.code)  # noqa: S311 - invents names, no secrets
    profiles: dict[str, Profile] = {}
    for audience, count in plan.newcomers.items():
        for place in range(count):
            profile = _invent(random, plan, audience, place)
            while profile.email in profiles:
                profile = _invent(random, plan, audience, place)
            profiles[profile.email] = profile
    found = list(profiles.values())
    return [PARTICIPANT, *found[1:]] if plan.code == PARTICIPANT_BEGAN_IN else found


def _invent(random: Random, plan: Plan, audience: str, place: int) -> Profile:
    sex = "f" if random.randrange(10) < WOMEN_OF_TEN.get(audience, 5) else "m"
    script = _script(random, plan, audience)
    name, written = make_name(random, sex, script)
    region = random.choice(REGIONS) if plan.from_everywhere else plan.region
    if audience in ("consulate", "diaspora"):
        region = "abroad"
    locale = LOCALES[script]
    mailbox = written.lower().replace(" ", ".")
    return Profile(
        legal_name=name,
        latin_name="" if name == written else written,
        email=f"{mailbox}.{plan.code.lower()}@example.org",
        locale=locale,
        sex=sex,
        audience=audience,
        organisation=employer_for(audience, region, place).name,
        position=POSITIONS[audience][("tg", "ru", "en").index(locale)],
        region=region,
    )


def _script(random: Random, plan: Plan, audience: str) -> str:
    if audience == "diaspora":
        return random.choices(("latin", "persian"), (8, 2))[0]
    if audience == "consulate":
        scripts = ("tajik", "russian", "latin", "persian")
        return random.choices(scripts, (4, 3, 2, 1))[0]
    weights = (3, 7) if plan.locale == "ru" else (8, 2)
    return random.choices(("tajik", "russian"), weights)[0]
