"""Writing templates and saying who signs."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.models import CertificateTemplate, Signatory, TemplateVersion
from certificates.readiness import refuse_letters
from courses import clock
from lms.actions.refusal import Refused


class CourseHasTemplate(Refused):
    """Each course has one template at most, and so has "all courses"."""

    field = "course_key"


class NothingToPublish(Refused):
    """The newest version is published already."""


class LettersMissing(Refused):
    """The texts hold a letter that no font has."""


@transaction.atomic
def save_draft(
    template: CertificateTemplate | None,
    *,
    title: str,
    course_key: uuid.UUID | None,
    content: dict,
    by,
) -> CertificateTemplate:
    """Keep the design as a draft; a published version stays as it is (CE-27)."""
    template = template or CertificateTemplate()
    template.title, template.course_key = title, course_key
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise CourseHasTemplate(_("This course has a template already.")) from error
    newest = template.newest
    if newest and newest.content == content:
        return template
    if newest is None or newest.published_at:
        number = newest.number + 1 if newest else 1
        newest = TemplateVersion(template=template, number=number)
    newest.content = content
    newest.save()
    log(template, "certificates.draft", user=by, data={"version": newest.number})
    return template


@transaction.atomic
def publish(template: CertificateTemplate, *, by) -> TemplateVersion:
    """From now on certificates are issued with the newest version."""
    version = (
        TemplateVersion.objects.select_for_update()
        .filter(template=template)
        .order_by("-number")
        .first()
    )
    if version is None or version.published_at:
        raise NothingToPublish(_("There is no draft to publish."))
    texts = version.content["texts"].values()
    if refusal := refuse_letters("".join("".join(words.values()) for words in texts)):
        raise LettersMissing(refusal)
    version.published_at = clock.now()
    version.save(update_fields=["published_at"])
    log(template, "certificates.publish", user=by, data={"version": version.number})
    return version


@transaction.atomic
def add_signatory(*, by, **fields) -> Signatory:
    """Let somebody sign from a day on."""
    signatory = Signatory.objects.create(**fields)
    log(signatory, "certificates.add_signatory", user=by)
    return signatory


@transaction.atomic
def change_signatory(signatory: Signatory, *, by, **fields) -> Signatory:
    """Correct or end it; certificates issued before keep what they say."""
    changed = [
        name for name, value in fields.items() if getattr(signatory, name) != value
    ]
    if not changed:
        return signatory
    for name in changed:
        setattr(signatory, name, fields[name])
    signatory.save(update_fields=changed)
    log(signatory, "certificates.change_signatory", user=by, data={"fields": changed})
    return signatory
