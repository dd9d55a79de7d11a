"""A certificate of nobody, to see a template without issuing anything (CE-32)."""

from django.conf import settings
from django.utils.translation import gettext as _

from courses import clock

from .content import Content, Signature
from .gathering import address_of, design_of, texts_of
from .issuer import day_of
from .models import TemplateVersion

CODE = "0" * 18


def sample(version: TemplateVersion, language: str, *, holder: str = "") -> Content:
    """Without a number, so that the paper says that it is a draft (CE-26)."""
    today = day_of(clock.now()).isoformat()
    codes = [code for code, _name in settings.LANGUAGES]
    return Content(
        language=language,
        holder=holder or "Мирзоҷалолиддинзода Абдураҳмонҷон Муҳаммадшарифович",
        holder_latin="" if holder else "Mirzojaloliddinzoda Abdurahmonjon",
        course=dict.fromkeys(codes, _("The title of the course")),
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
    )
