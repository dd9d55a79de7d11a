"""A lesson's text as it is shown: the same for everybody, so written once and kept."""

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from . import content_version
from .models import LessonPage


def body_of(lesson: LessonPage) -> SafeString:
    """The published text, from the cache where it is there already."""
    name = f"body:{lesson.pk}:{lesson.live_revision_id}"
    return content_version.remembered(name, lambda: fresh_body_of(lesson))


def fresh_body_of(lesson: LessonPage) -> SafeString:
    """The text as this object has it, published or not, in the lesson's language."""
    with translation.override(lesson.locale.language_code):
        blocks = [block.render(context={"block_id": block.id}) for block in lesson.body]
    return mark_safe("\n".join(blocks))  # noqa: S308 - our own templates wrote it
