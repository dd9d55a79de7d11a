"""A lesson's text as it is shown: written once for everybody, kept in the cache."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import translation
from django.utils.safestring import SafeString

from . import content_version
from .models import LessonPage
from .self_checks import SelfCheck, check_of_block


@dataclass
class Piece:
    """Either markup that is the same for everybody, or a self-check to be answered."""

    html: str = ""
    check: SelfCheck | None = None


def body_of(lesson: LessonPage) -> list[Piece]:
    """The published text, from the cache where it is there already."""
    version = content_version.current()
    name = f"courses:body:{version}:{lesson.pk}:{lesson.live_revision_id}"
    pieces = cache.get(name)
    if pieces is None:
        pieces = fresh_body_of(lesson)
        cache.set(name, pieces)
    return pieces


def fresh_body_of(lesson: LessonPage) -> list[Piece]:
    """The text as this object has it, published or not, in the lesson's language."""
    with translation.override(lesson.locale.language_code):
        return [_piece(block) for block in lesson.body]


def _piece(block) -> Piece:
    if block.block_type == "self_check":
        return Piece(check=check_of_block(block))
    return Piece(html=SafeString(block.render(context={"block_id": block.id})))
