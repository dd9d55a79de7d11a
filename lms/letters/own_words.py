"""Letters that staff write to a cohort: their own words, checked like any other."""

from django.utils.translation import gettext_lazy as _

from lms.models import CohortLetter, Message

from .about import About, Gone
from .kinds import Kind, Words
from .values import COURSES, OF_COHORT

Dropped = Message.Dropped


def letter_of(about: About) -> CohortLetter:
    letter = CohortLetter.objects.filter(pk=about.context.get("letter")).first()
    if letter is None:
        raise Gone("letter")
    return letter


def _words(about: About) -> Words:
    return {code: tuple(text) for code, text in letter_of(about).texts.items()}


def no_recipient(about: About) -> Dropped | None:
    """Withdrawn, complete or marked present since it was written (CM-02)."""
    if letter_of(about).recipients().filter(pk=about.enrolment.pk).exists():
        return None
    return Dropped.ENDED


COHORT_LETTER = Kind(
    "lms/mail/cohort_letter",
    _("Letter to a cohort"),
    (*OF_COHORT, COURSES),
    why_not=(no_recipient,),
    words=_words,
    on_paper=True,
)
