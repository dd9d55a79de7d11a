"""Writing templates and saying who signs."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certificates.due.readiness import refuse_letters
from certificates.models import CertificateTemplate, Signatory, TemplateVersion
from certificates.models.kinds import Kind
from certificates.paper import layout
from courses import clock
from lms.actions.refusal import Refused


class CourseHasTemplate(Refused):
    """Each course has one template of a kind at most, and so has "all courses"."""

    field = "course_key"


class NothingToPublish(Refused):
    """The newest version is published already."""


class NothingToCopy(Refused):
    """The template has no version."""


class LettersMissing(Refused):
    """The texts hold a letter that no font has."""


class PlaceTaken(Refused):
    """Somebody else is in office there."""

    field = "place"


class FaultyDesign(Refused):
    """A placeholder nobody can fill, or a page without what it needs (CE-26)."""


@transaction.atomic
def save_draft(
    template: CertificateTemplate | None,
    *,
    title: str,
    course_key: uuid.UUID | None,
    content: dict,
    by,
    kind: str = "",
) -> CertificateTemplate:
    """Keep the design as a draft; a published version stays as it is (CE-27).

    Without a kind the template keeps its own, a new one is for completion.
    """
    template = _locked(template) if template else CertificateTemplate()
    template.title, template.course_key = title, course_key
    template.kind = kind or template.kind
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise CourseHasTemplate(
            _("This course has a template of this kind already.")
        ) from error
    newest = template.newest
    if newest and _whole(newest.content) == _whole(content):
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
    version = _locked(template).newest
    if version is None or version.published_at:
        raise NothingToPublish(_("There is no draft to publish."))
    said = [*version.content["texts"].values()]
    blocks = layout.blocks_of(version.content)
    said += [one["value"].get("words", {}) for one in blocks]
    if refusal := refuse_letters("".join("".join(words.values()) for words in said)):
        raise LettersMissing(refusal)
    if found := layout.faults(version.content):
        raise FaultyDesign(" ".join(found))
    version.published_at = clock.now()
    version.save(update_fields=["published_at"])
    log(template, "certificates.publish", user=by, data={"version": version.number})
    return version


def _locked(template: CertificateTemplate) -> CertificateTemplate:
    """Whoever saves at the same time waits, so that no version is written twice."""
    return CertificateTemplate.objects.select_for_update().get(pk=template.pk)


@transaction.atomic
def duplicate(
    template: CertificateTemplate,
    *,
    title: str,
    course_key: uuid.UUID | None,
    by,
    kind: str = Kind.COMPLETION,
) -> CertificateTemplate:
    """Begin another course's template with what this one says now, as a draft."""
    newest = template.newest
    if newest is None:
        raise NothingToCopy(_("This template says nothing yet."))
    made = save_draft(
        None,
        title=title,
        course_key=course_key,
        kind=kind,
        content=newest.content,
        by=by,
    )
    log(made, "certificates.duplicate", user=by, data={"old": template.title})
    return made


def _whole(content: dict) -> dict:
    """With what a version from before these were asked for says by its silence."""
    silent = {"second_language": "", "is_public": False}
    return silent | content | {"blocks": layout.blocks_of(content)}


@transaction.atomic
def add_signatory(*, by, **fields) -> Signatory:
    """Let somebody sign from a day on."""
    _lock_signatories()
    signatory = Signatory(**fields)
    _refuse_taken(signatory)
    signatory.save()
    log(signatory, "certificates.add_signatory", user=by)
    return signatory


@transaction.atomic
def change_signatory(signatory: Signatory, *, by, **fields) -> Signatory:
    """Correct or end it; certificates issued before keep what they say."""
    _lock_signatories()
    # A form has written its answers into the row that it was given.
    row = Signatory.objects.get(pk=signatory.pk)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, fields[name])
    _refuse_taken(row)
    row.save(update_fields=changed)
    log(row, "certificates.change_signatory", user=by, data={"fields": changed})
    return row


def _lock_signatories() -> None:
    """Days that overlap are no constraint on both databases: all their rows, in order,
    keep two administrators apart."""
    list(Signatory.objects.select_for_update().order_by("pk").values_list("pk"))


def _refuse_taken(signatory: Signatory) -> None:
    """Two in one place would both sign, and whoever has the other would not."""
    others = Signatory.objects.exclude(pk=signatory.pk).filter(place=signatory.place)
    other = others.during(signatory.since, signatory.until).first()
    if other:
        raise PlaceTaken(
            _(
                "%(name)s signs in this place on some of these days. Write their last "
                "day first, or choose another place."
            )
            % {"name": other.name}
        )
