"""A certificate of nobody, to see a template without issuing anything (CE-32)."""

from collections.abc import Callable
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext as _

from certificates.content import Content, Signature
from certificates.gathering import address_of, design_of, texts_of
from certificates.issuer_day import day_of
from certificates.models import TemplateVersion
from certificates.paper.bands import band
from certificates.paper.languages import paper_languages
from courses import clock

CODE = "0" * 18
Said = TypeVar("Said")


def sample(version: TemplateVersion, language: str, *, holder: str = "") -> Content:
    """Without a number, so that the paper says that it is a draft (CE-26).

    Its words are in the paper's languages as far as the site has them, whoever looks.
    """
    today = day_of(clock.now()).isoformat()
    with translation.override(language):
        place, signatory = _("Place"), _("Name of the signatory")
    return Content(
        language=language,
        holder=holder or "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович",
        holder_latin="" if holder else "Mirzojaloliddinzoda Abdurahmonjon",
        course=_in_each(lambda: _("The title of the course")),
        level={},
        minutes=1200,
        cohort="",
        edition=1,
        place=place,
        starts_on=today,
        ends_on=today,
        awarded_on=today,
        issued_on=today,
        valid_until=None,
        signatories=[
            Signature(name=signatory, titles={}, image="") for _place in range(2)
        ],
        donors=[],
        number="",
        code=CODE,
        verify_url=address_of(CODE),
        design=design_of(version),
        texts=texts_of(version),
        topics=_in_each(
            lambda: [_("First topic"), _("Second topic"), _("Third topic")]
        ),
        score_band=band(80),
        attended={
            "sessions": 6,
            "sessions_attended": "5.5",
            "minutes": 1110,
            "percent": "92",
        },
        kind="completion",
    )


def _in_each(say: Callable[[], Said]) -> dict[str, Said]:
    """By language of paper, what is said in it."""
    found = {}
    for code, _name in paper_languages():
        with translation.override(code):
            found[code] = say()
    return found
