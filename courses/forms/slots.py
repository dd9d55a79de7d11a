"""The questions and draws of a quiz: what is refused when it is published."""

from collections import Counter

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import draws, records
from courses.drawing import Pool, fill


def check_slots(form) -> None:
    """Say beside each slot, or above the form, what cannot be published."""
    form.formsets["slots"].is_valid()
    slots = [one for one in form.formsets["slots"].forms if _is_kept(one)]
    if not slots:
        form.add_error(None, _("Add at least one question to this quiz."))
    _refuse_twice(slots)
    if not any(slot.errors for slot in slots):
        _refuse_too_small_pools(slots)
        _refuse_other_questions(form, [slot.instance for slot in slots])


def _is_kept(slot) -> bool:
    data = getattr(slot, "cleaned_data", {})
    asked = ("question", "draw_from", "draw_tags", "draw_difficulty")
    return not data.get("DELETE") and any(data.get(name) for name in asked)


def _refuse_twice(slots: list) -> None:
    seen = set()
    for slot in slots:
        question = slot.cleaned_data.get("question")
        if question and question.pk in seen:
            slot.add_error("question", _("This question is in the quiz already."))
        seen.add(question.pk if question else None)


def _refuse_too_small_pools(slots: list) -> None:
    """All draws together: they may want the same questions (QZ-07, QZ-44)."""
    drawing = [slot for slot in slots if slot.instance.is_draw]
    fixed = {s.instance.question.translation_key for s in slots if s not in drawing}
    asked = [draws.criteria_of(slot.instance) for slot in drawing]
    offer = draws.on_offer(asked)
    pools = [
        Pool(offer[criteria] - fixed, slot.instance.draw_count)
        for criteria, slot in zip(asked, drawing, strict=True)
    ]
    wanted = sorted(key for pool in pools for key in pool.questions)
    for slot, pool, got in zip(drawing, pools, fill(pools, wanted), strict=True):
        if len(got) < pool.count:
            slot.add_error("draw_count", _too_few(len(pool.questions), pool.count))


def _too_few(there: int, count: int) -> str:
    if there >= count:
        return _(
            "Another draw of this quiz needs the same questions: together they ask for"
            " more than there are."
        )
    if not there:
        return _("No question is on offer for this.")
    text = ngettext(
        "Only %(n)s question is on offer for this.",
        "Only %(n)s questions are on offer for this.",
        there,
    )
    return text % {"n": there}


def _refuse_other_questions(form, slots: list) -> None:
    """Somebody was marked by these: only weights and order may change now (QZ-45).

    What was published last is what counts; a language that never was is free.
    """
    quiz = form.instance
    if not quiz.first_published_at or not records.is_sat(quiz.translation_key):
        return
    published = type(quiz).objects.get(pk=quiz.pk).slots.select_related("question")
    if Counter(map(_asks, published)) == Counter(map(_asks, slots)):
        return
    text = _(
        "Answers to this quiz are marked already, so its questions cannot be changed,"
        " added or removed any more."
    )
    address = reverse("courses_bank:renew_quiz", args=[quiz.pk])
    link = _("Make a new version for new cohorts")
    form.add_error(None, format_html('{} <a href="{}">{}</a>', text, address, link))


def _asks(slot) -> tuple:
    if slot.is_draw:
        return (draws.criteria_of(slot), slot.draw_count)
    return (slot.question.translation_key, 1)
