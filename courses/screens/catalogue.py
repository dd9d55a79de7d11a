"""The catalogue: covers, and filters that are links."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from courses import coming, content_version
from courses.models import Audience, CourseIndexPage, CoursePage
from courses.translations import own_name

from . import words


def catalogue(page: CourseIndexPage, request: HttpRequest) -> dict:
    chosen = {
        "audience": _known(request.GET.get("audience", ""), Audience.values),
        "level": _known(request.GET.get("level", ""), CoursePage.Level.values),
    }
    known = content_version.remembered(
        f"catalogue:{page.pk}", lambda: _listed(_courses(page), request)
    )
    return {
        "cards": _with_starts([card for card in known if _matches(card, chosen)]),
        "filters": _filters(chosen),
        "is_filtered": any(chosen.values()),
    }


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _courses(page: CourseIndexPage) -> list[CoursePage]:
    courses = CoursePage.objects.child_of(page).live().public()
    return list(courses.select_related("locale", "picture"))


def _matches(card: dict, chosen: dict[str, str]) -> bool:
    return (not chosen["audience"] or chosen["audience"] in card["codes"]) and (
        not chosen["level"] or chosen["level"] == card["level"]
    )


def cards(courses: list[CoursePage], request: HttpRequest) -> list[dict]:
    """As `includes/cover.html` wants them."""
    return _with_starts(_listed(courses, request))


def _with_starts(cards: list[dict]) -> list[dict]:
    """When each begins next is not a matter of what is published."""
    starts = coming.next_starts([card["key"] for card in cards])
    return [card | {"next_on": starts.get(card["key"])} for card in cards]


def _listed(courses: list[CoursePage], request: HttpRequest) -> list[dict]:
    keys = [course.translation_key for course in courses]
    names = _languages_of(keys)
    return [
        {
            "key": course.translation_key,
            "title": course.title,
            "url": course.get_url(request),
            "picture_url": cover_url(course),
            "audiences": words.audiences(course.audiences),
            "hours": words.hours(course.minutes),
            "languages": ", ".join(names.get(course.translation_key, [])),
            "codes": course.audiences,
            "level": course.level,
        }
        for course in courses
    ]


def cover_url(course: CoursePage) -> str:
    """Its picture, else the pattern drawn from its key."""
    if course.picture:
        return course.picture.get_rendition("fill-640x320|format-webp").url
    return reverse("courses:cover", args=[course.translation_key])


def _languages_of(keys: list) -> dict:
    """The languages each course is published in, by their own names."""
    rows = (
        CoursePage.objects.live()
        .filter(translation_key__in=keys)
        .order_by("locale__pk")
        .values_list("translation_key", "locale__language_code")
    )
    names: dict = {}
    for key, code in rows:
        names.setdefault(key, []).append(own_name(code))
    return names


def _filters(chosen: dict[str, str]) -> list[dict]:
    return [
        _filter(_("For whom"), "audience", Audience.choices, chosen),
        _filter(_("Level"), "level", CoursePage.Level.choices, chosen),
    ]


def _filter(label: str, name: str, choices: list, chosen: dict[str, str]) -> dict:
    """Each choice with the address that has it and leaves the other filters."""
    every = [("", _("All")), *choices]
    return {
        "label": label,
        "choices": [
            {
                "label": text,
                "url": _address({**chosen, name: value}),
                "is_chosen": chosen[name] == value,
            }
            for value, text in every
        ],
    }


def _address(chosen: dict[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in chosen.items() if value})}"
