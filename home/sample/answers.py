"""Answers to a quiz, so many of them right."""

from decimal import Decimal
from random import Random
from typing import Any

from lms.models import Attempt, Response

DO_NOT_KNOW = {"en": "I do not know", "ru": "не знаю", "tg": "намедонам"}


def answers_to(attempt: Attempt, *, right: int, random: Random) -> dict[int, Any]:
    """An answer for each place of the attempt; the others are plainly wrong."""
    responses = list(attempt.responses.select_related("version"))
    chosen = set(random.sample(range(len(responses)), min(right, len(responses))))
    return {
        response.place: _right(response, attempt.language)
        if place in chosen
        else _wrong(response, attempt.language, random)
        for place, response in enumerate(responses)
    }


def _right(response: Response, language: str) -> dict:
    key = response.version.key
    if key["kind"] == "true_false":
        return {"is_true": key["correct"]}
    if key["kind"] == "numeric":
        return {"text": key["correct"]}
    if key["kind"] == "short_answer":
        return {"text": response.version.body(language)["accepted"][0]}
    return {"chosen": key["correct"]}


def _wrong(response: Response, language: str, random: Random) -> dict:
    key = response.version.key
    if key["kind"] == "true_false":
        return {"is_true": not key["correct"]}
    if key["kind"] == "numeric":
        return {"text": str(Decimal(key["correct"]) + random.randint(1, 5))}
    if key["kind"] == "short_answer":
        return {"text": DO_NOT_KNOW[language]}
    others = [option for option in key["options"] if option not in key["correct"]]
    return {"chosen": [random.choice(others)]}
