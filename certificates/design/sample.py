"""A certificate of nobody, to see a template without issuing anything (CE-32)."""

from django.utils.translation import gettext as _

from certificates.content import Content, Signature
from certificates.gathering import address_of, design_of, texts_of
from certificates.issuer_day import day_of
from certificates.models import TemplateVersion
from courses import clock

CODE = "0" * 18


def sample(version: TemplateVersion, language: str, *, holder: str = "") -> Content:
    """Without a number, so that the paper says that it is a draft (CE-26)."""
    today = day_of(clock.now()).isoformat()
    return Content(
        language=language,
        holder=holder or "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович",
        holder_latin="" if holder else "Mirzojaloliddinzoda Abdurahmonjon",
        course={language: _("The title of the course")},
        level={},
        minutes=1200,
        cohort="",
        edition=1,
        place=_("Place"),
        starts_on=today,
        ends_on=today,
        awarded_on=today,
        issued_on=today,
        valid_until=None,
        signatories=[
            Signature(name=_("Name of the signatory"), titles={}, image="")
            for _place in range(2)
        ],
        donors=[],
        number="",
        code=CODE,
        verify_url=address_of(CODE),
        design=design_of(version),
        texts=texts_of(version),
        topics={language: [_("First topic"), _("Second topic"), _("Third topic")]},
        score_band={language: "80%"},
        attended={
            "sessions": 6,
            "sessions_attended": "5.5",
            "minutes": 1110,
            "percent": "92",
        },
        kind="completion",
    )
