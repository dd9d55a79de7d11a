"""What staff should know of a quiz: what its draws can choose from, what is stale."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.draws import criteria_of, on_offer
from courses.models import QuizPage


def draw_notes(quiz: QuizPage) -> list[str]:
    """For each draw, how many questions there are for it."""
    drawing = [slot for slot in quiz.slots.all() if slot.is_draw]
    offer = on_offer(criteria_of(slot) for slot in drawing)
    return [_on_offer(slot, len(offer[criteria_of(slot)])) for slot in drawing]


def stale_questions(quiz: QuizPage) -> list[str]:
    """The questions it names that are retired or to be looked at again (QZ-50)."""
    named = [slot.question for slot in quiz.slots.all() if not slot.is_draw]
    retired = [_retired(question) for question in named if question.retired_at]
    due = [q for q in named if q.is_due and not q.retired_at]
    return [*retired, *(_due(question) for question in due)]


def _on_offer(slot, there: int) -> str:
    text = ngettext(
        "Draw of %(count)s (%(what)s): %(n)s question is on offer.",
        "Draw of %(count)s (%(what)s): %(n)s questions are on offer.",
        there,
    )
    return text % {"count": slot.draw_count, "what": _what(slot), "n": there}


def _what(slot) -> str:
    """What it is drawn from, in words."""
    shelf = slot.draw_from.path if slot.draw_from else ""
    parts = [shelf, slot.draw_tags, str(slot.get_draw_difficulty_display() or "")]
    return ", ".join(part for part in parts if part)


def _retired(question) -> str:
    text = _("“%(question)s” is retired: new attempts go without it.")
    return text % {"question": question}


def _due(question) -> str:
    text = _("“%(question)s” should be looked at again: the law may have changed.")
    return text % {"question": question}
