"""Taking a template out of the site and into it, as one file."""

import uuid
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from certificates.design import images
from certificates.design.template_file import Carried, pack
from certificates.design.template_schema import DESIGN
from certificates.models import CertificateTemplate
from certificates.paper import layout
from lms.actions.refusal import Refused

from .templates import save_draft


class NothingToExport(Refused):
    """The template has no version, or a picture of it is gone."""


@dataclass(frozen=True)
class Plan:
    """What taking a file in will do: nothing, a new draft, or a new template."""

    template: CertificateTemplate | None
    changes: bool


def export(template: CertificateTemplate) -> bytes:
    """Its newest version as a file; exported twice it is the same file."""
    version = template.newest
    if version is None:
        raise NothingToExport(_("This template says nothing yet."))
    content = version.content
    design = {
        "theme": content["theme"],
        "accent": content["accent"],
        "second_language": content.get("second_language", ""),
        "valid_months": content.get("valid_months"),
        "is_public": content.get("is_public", False),
        "texts": content["texts"],
        "blocks": layout.blocks_of(content),
    }
    try:
        logos = [images.kept(name) for name in content.get("logos", [])]
    except OSError as error:
        raise NothingToExport(
            _("A logo of this template cannot be read. Choose it again.")
        ) from error
    return pack(Carried(template.title, template.kind, design, logos))


def plan(carried: Carried, *, course_key: uuid.UUID | None) -> Plan:
    """What `take_in` would do now. Changes nothing."""
    template = CertificateTemplate.objects.filter(
        course_key=course_key, kind=carried.kind
    ).first()
    newest = template.newest if template else None
    if newest is None:
        return Plan(template, changes=True)
    return Plan(template, changes=not _says(newest.content, carried))


@transaction.atomic
def take_in(
    carried: Carried, *, course_key: uuid.UUID | None, by
) -> CertificateTemplate:
    """Keep it as a draft of the course's template; the same file twice changes nothing.

    Its logos come into the library, so that they can be chosen and replaced there.
    """
    found = plan(carried, course_key=course_key)
    if found.template and not found.changes:
        return found.template
    logos = [_in_library(logo, title=carried.title, by=by) for logo in carried.logos]
    content = carried.design | {
        "logos": [images.keep_clean(logo) for logo in carried.logos],
        "logo_images": [logo.pk for logo in logos],
    }
    title = found.template.title if found.template else carried.title
    template = save_draft(
        found.template,
        title=title,
        course_key=course_key,
        kind=carried.kind,
        content=content,
        by=by,
    )
    log(template, "certificates.take_in", user=by, data={"title": carried.title})
    return template


def _says(content: dict, carried: Carried) -> bool:
    """Does this version say the same already? Pictures are the same by their bytes."""
    known = {name: content.get(name) for name in DESIGN}
    known["blocks"] = layout.blocks_of(content)
    known["second_language"] = content.get("second_language", "")
    known["is_public"] = content.get("is_public", False)
    names = [images.name_of(logo) for logo in carried.logos]
    return known == carried.design and content.get("logos", []) == names


def _in_library(logo: bytes, *, title: str, by):
    """The picture of the library with these bytes, or a new one."""
    Image = get_image_model()
    digest = hash_filelike(BytesIO(logo))
    known = Image.objects.filter(file_hash=digest).first()
    if known:
        return known
    return Image.objects.create(
        title=title,
        file=ContentFile(logo, name="logo.png"),
        file_size=len(logo),
        file_hash=digest,
        uploaded_by_user=by,
        collection=Collection.get_first_root_node(),
    )
