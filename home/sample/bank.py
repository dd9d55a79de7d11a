"""The glossary and the question bank, each row in three languages."""

import json
from decimal import Decimal

from wagtail.models import Locale

from courses.models import GlossaryTerm, QuestionCategory
from courses.models import Question as BankQuestion

from . import reading
from .blocks import stream
from .keys import key
from .parts import parts
from .prose import rich_text


def load_glossary(locales: dict[str, Locale]) -> int:
    """Add the terms there are not yet; how many were added."""
    added = 0
    for term in reading.read_terms():
        for code, words in term.texts.items():
            _term, is_new = GlossaryTerm.objects.get_or_create(
                translation_key=key("term", term.slug),
                locale=locales[code],
                defaults={"slug": term.slug, **words},
            )
            added += is_new
    return added


def load_questions(
    questions: list[reading.Question], locales: dict[str, Locale]
) -> int:
    """Add and publish the questions there are not yet; how many were added.

    All languages are written before the first is published: one version holds them all.
    """
    known = set(
        BankQuestion.objects.values_list("translation_key", flat=True).distinct()
    )
    missing = [q for q in questions if key("question", q.id) not in known]
    for question in missing:
        category, _ = QuestionCategory.objects.get_or_create(path=question.category)
        rows = [_row(question, code, locales[code]) for code in question.texts]
        for row in rows:
            row.category = category
            row.save()
        for row in rows:
            row.save_revision().publish()
    return len(missing)


def _row(question: reading.Question, code: str, locale: Locale) -> BankQuestion:
    words = question.texts[code]
    accepted = [("answer", text) for text in words.get("accepted", [])]
    return BankQuestion(
        translation_key=key("question", question.id),
        locale=locale,
        kind=question.kind,
        topic=question.topic,
        difficulty=question.difficulty,
        stem=rich_text(words["stem"]),
        choices=_choices(question, words),
        is_true=question.correct if question.kind == "true_false" else None,
        number=Decimal(str(question.correct)) if question.kind == "numeric" else None,
        tolerance=Decimal(str(question.tolerance)),
        accepted=stream(accepted, "accepted", question.id, code),
        parts=parts(words.get("parts", []), "question", question.id),
        explanation=words["explanation"],
    )


def _choices(question: reading.Question, words: reading.Words) -> str:
    """An option is the same one in every language: its id comes from its letter."""
    rows = [
        {
            "type": "choice",
            "id": str(key("choice", question.id, letter)),
            "value": {
                "text": text,
                "is_correct": letter in question.correct,
                "feedback": words["feedback"][letter],
            },
        }
        for letter, text in words.get("choices", {}).items()
    ]
    return json.dumps(rows)
