"""The organisation's own words for letters, with every name in braces checked."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import clock
from lms.letters.kinds import Kind
from lms.models import LetterText
from lms.placeholders import unknown_in

from .refusal import Refused


class UnknownPlaceholder(Refused):
    """A name in braces that nothing would be filled in for (CM-04)."""

    def __init__(self, text: str, field: str):
        super().__init__(text)
        self.field = field


@transaction.atomic
def save_text(kind: Kind, *, locale: str, subject: str, body: str, by) -> LetterText:
    """Use these words from now on. The same words again write nothing.

    Raises UnknownPlaceholder with the field and the name.
    """
    refuse_unknown(kind, {"subject": subject, "body": body})
    known = LetterText.objects.select_for_update()
    text = known.filter(kind=kind.key, locale=locale).first()
    if text and (text.subject, text.body) == (subject, body):
        return text
    text = text or LetterText(kind=kind.key, locale=locale)
    text.subject, text.body, text.changed_at = subject, body, clock.now()
    text.save()
    log(text, "lms.save_letter_text", user=by)
    return text


@transaction.atomic
def back_to_default(kind: Kind, *, locale: str, by) -> None:
    """Use the words that came with the product; a second call changes nothing."""
    for text in LetterText.objects.filter(kind=kind.key, locale=locale):
        log(text, "lms.drop_letter_text", user=by)
        text.delete()


def refuse_unknown(kind: Kind, texts: dict[str, str]) -> None:
    """`texts` by the field they were written in."""
    for field, text in texts.items():
        unknown = unknown_in(text, kind.names)
        if unknown:
            raise UnknownPlaceholder(
                _("Nothing is known to fill in for %(unknown)s. Use: %(known)s.")
                % {
                    "unknown": ", ".join(f"{{{name}}}" for name in unknown),
                    "known": ", ".join(f"{{{name}}}" for name in kind.names),
                },
                field,
            )
