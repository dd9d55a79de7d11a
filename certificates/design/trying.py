"""A design put to the test with people who do not exist (CE-32).

Who signs is real: whoever is in office on the chosen day (CE-31).
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from certificates.content import Content
from certificates.design.sample import sample
from certificates.gathering import signatures_on
from certificates.models import CertificateTemplate, TemplateVersion

PEOPLE = {
    "longest": _("The longest name"),
    "short": _("A name of one letter"),
    "mixed": _("Arabic and Latin letters mixed"),
}
MISSING = {
    "patronymic": _("no patronymic"),
    "score": _("no result"),
    "donors": _("no donors"),
    "signature": _("no image of a signature"),
    "signatories": _("nobody signs"),
}
NAMES = {"short": "Я", "mixed": "Маҳмуд محمود رحیمی Mahmud-Rahimi"}
WITHOUT_PATRONYMIC = "Мирзоҷалолиддинзода Абдураҳмонҷон"
DONORS = ["European Union", "UNODC"]


def unsaved(title: str, content: dict[str, Any]) -> TemplateVersion:
    """A version that is nowhere but in this form."""
    template = CertificateTemplate(title=title)
    return TemplateVersion(template=template, number=0, content=content)


def trial(
    version: TemplateVersion,
    language: str,
    *,
    person: str = "longest",
    missing: list[str] | tuple[str, ...] = (),
    day: date | None = None,
) -> Content:
    """What the paper would say of this person on this day; always a draft (CE-26)."""
    content = sample(version, language, holder=_name(person, missing))
    if day:
        content["awarded_on"] = content["issued_on"] = day.isoformat()
    signing = signatures_on(date.fromisoformat(content["issued_on"]))
    content["signatories"] = signing or content["signatories"]
    content["donors"] = [] if "donors" in missing else list(DONORS)
    if "score" in missing and "score_band" in content:
        content["score_band"] = {}
    if "signatories" in missing:
        content["signatories"] = []
    if "signature" in missing:
        content["signatories"] = [one | {"image": ""} for one in content["signatories"]]
    return content


def who_signs(day: date) -> str:
    """Their names in words."""
    names = [one["name"] for one in signatures_on(day)]
    return ", ".join(names) or _t("Nobody is in office on this day.")


def _name(person: str, missing: list[str] | tuple[str, ...]) -> str:
    if person == "longest" and "patronymic" in missing:
        return WITHOUT_PATRONYMIC
    return NAMES.get(person, "")
