"""Reads everything a new certificate will say from the records, in every language."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from certificates.design import images
from certificates.due.claim import Claim
from certificates.due.merits import merits_of
from certificates.due.validity import months_later
from certificates.paper import wording
from certificates.paper.languages import paper_codes
from certificates.paper.layout import blocks_of
from courses.languages import in_order
from courses.models import CoursePage
from courses.outline import outline_of
from lms.models import Cohort

from .content import Content, Design, Signature, Words
from .credential import holder
from .models import AwardRule, Signatory, TemplateVersion


def gather(
    claim: Claim,
    *,
    rule: AwardRule,
    version: TemplateVersion,
    code: str,
    awarded_on: date,
    issued_on: date,
) -> Content:
    """The content of a certificate that has no number yet (CE-03, CE-04)."""
    cohort, person = claim.cohort, claim.person
    pages = _pages(cohort)
    has_days = cohort.mode != Cohort.Mode.SELF_PACED
    ends = valid_until(awarded_on, version, rule)
    paper = Content(
        language=cohort.locale,
        holder=" ".join(person.legal_name.split()),
        holder_latin=" ".join(person.latin_name.split()),
        holder_secret=holder.new_secret(),
        course={page.locale.language_code: page.title for page in reversed(pages)},
        level=_levels(pages),
        minutes=pages[0].minutes if pages else 0,
        cohort=cohort.code,
        edition=cohort.edition.number,
        place=cohort.place,
        starts_on=cohort.starts_on.isoformat() if has_days else None,
        ends_on=cohort.ends_on.isoformat() if has_days else None,
        awarded_on=awarded_on.isoformat(),
        issued_on=issued_on.isoformat(),
        valid_until=ends.isoformat() if ends else None,
        signatories=signatures_on(issued_on),
        donors=[donor.name for donor in cohort.donors.all()],
        number="",
        code=code,
        verify_url=address_of(code),
        design=design_of(version),
        texts=texts_of(version),
        topics=_topics(cohort),
        kind=claim.kind,
        is_public=bool(version.content.get("is_public")),
    )
    paper.update(merits_of(claim, rule))
    return paper


def address_of(code: str) -> str:
    """Where anybody checks this certificate; what the QR code holds."""
    base = settings.USTOD_VERIFY_BASE_URL.rstrip("/")
    return base + reverse("certificate_by_code", args=[code])


def valid_until(
    awarded_on: date, version: TemplateVersion, rule: AwardRule
) -> date | None:
    """The last valid day, by the rule of the course or else by the template; none for
    what never expires.
    """
    months = rule.valid_months or version.content.get("valid_months")
    return months_later(awarded_on, months) if months else None


def design_of(version: TemplateVersion) -> Design:
    return Design(
        template=version.template.title,
        version=version.number,
        theme=version.content["theme"],
        accent=version.content["accent"],
        logos=version.content.get("logos", []),
        blocks=blocks_of(version.content),
        second_language=version.content.get("second_language", ""),
    )


def texts_of(version: TemplateVersion) -> dict[str, Words]:
    """The template's sentences and the fixed labels, in every language of paper.

    A language the template has no texts in says those of its first one.
    """
    texts = version.content["texts"]
    spare = texts.get(wording.FALLBACK) or next(iter(texts.values()))
    return {
        code: wording.labels(code)
        | {"issuer": settings.WAGTAIL_SITE_NAME, "footer": ""}
        | {name: text for name, text in texts.get(code, spare).items() if text}
        for code in paper_codes()
    }


def _topics(cohort: Cohort) -> dict[str, list[str]]:
    """The titles of the course's modules, in each language of the site."""
    outlines = {
        code: outline_of(cohort.edition, code) for code, _name in settings.LANGUAGES
    }
    return {
        code: [module.title for module in outline.modules if module.title]
        for code, outline in outlines.items()
    }


def _pages(cohort: Cohort) -> list[CoursePage]:
    """The course in every language it has, the site's own first."""
    pages = CoursePage.objects.filter(translation_key=cohort.edition.course_key)
    return in_order(pages.select_related("locale").defer_streamfields())


def _levels(pages: list[CoursePage]) -> Words:
    found = {}
    for code, _name in settings.LANGUAGES if pages else ():
        with translation.override(code):
            found[code] = str(pages[0].get_level_display())
    return found


def signatures_on(day: date) -> list[Signature]:
    """Who signs on this day, at most two (CE-31)."""
    signatories = Signatory.objects.on(day).select_related("image")[:2]
    return [
        Signature(
            name=signatory.name,
            titles=signatory.titles,
            image=images.keep(signatory.image) if signatory.image else "",
        )
        for signatory in signatories
    ]
