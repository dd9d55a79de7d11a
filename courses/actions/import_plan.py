"""The dry run of an import: what would happen with every question of a file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Locale

from courses.exchange import formats, tongues
from courses.exchange.drafts import QuestionDraft, Refused, excerpt_of
from courses.exchange.markup import to_text
from courses.languages import site_language
from courses.models import Question, QuestionCategory, QuestionTag

from .draft_fields import LONGEST_NAME, fields_of, labels_of
from .stem_pictures import with_taken_pictures

LONGEST_PATH = 160
_SHARED = ("kind", "is_true", "number", "tolerance")
_STREAMS = ("choices", "accepted", "parts")
# What a file may leave unsaid.
_FACTS = ("difficulty", "jurisdiction")


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Planned:
    """One question of the file and what happens with it.

    `question` is the one of the bank that it is, `original` the line it translates.
    """

    place: int
    line: int
    excerpt: str
    outcome: Outcome = Outcome.NEW
    reason: str = ""
    draft: QuestionDraft | None = None
    name: str = ""
    language: str = ""
    is_named_in_language: bool = False
    category: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    question: Question | None = None
    original: "Planned | None" = None
    warnings: tuple[str, ...] = ()

    def refused(self, reason: str) -> "Planned":
        return replace(self, outcome=Outcome.REFUSED, reason=reason)


@dataclass(frozen=True)
class Plan:
    format: formats.Format
    lines: list[Planned]

    def of(self, outcome: Outcome) -> list[Planned]:
        return [line for line in self.lines if line.outcome == outcome]

    @property
    def to_write(self) -> list[Planned]:
        writes = (Outcome.NEW, Outcome.CHANGED)
        return [line for line in self.lines if line.outcome in writes]


def plan_import(
    content: bytes | str, *, category: QuestionCategory | None = None, language: str
) -> Plan:
    """What importing this would do; `NotThisFormat` where the whole is refused.

    `category` and `language` are those of the questions that name none.
    """
    found, reading = formats.read(content)
    shelf = category.path if category else ""
    codes = list(Locale.objects.values_list("language_code", flat=True))
    lines = [_understood(draft, shelf, language, codes) for draft in reading.drafts]
    lines += [
        Planned(0, refusal.line, refusal.excerpt, Outcome.REFUSED, refusal.reason)
        for refusal in reading.refusals
    ]
    lines.sort(key=lambda line: line.line)
    lines = [replace(line, place=place) for place, line in enumerate(lines)]
    return Plan(found, _compared(lines))


def folded(path: str) -> str:
    return " ".join(path.casefold().split())


def _understood(
    draft: QuestionDraft, shelf: str, language: str, languages: list[str]
) -> Planned:
    text = to_text(draft.stem)
    name, code = tongues.parted(draft.name, languages)
    spoken = code or draft.language or tongues.by_letters(text, language, languages)
    line = Planned(
        place=0,
        line=draft.line,
        excerpt=excerpt_of(text),
        draft=draft,
        name=name,
        language=spoken,
        is_named_in_language=bool(code),
        category=draft.category or shelf,
    )
    if spoken not in languages:
        return line.refused(
            _("This site has no language “%(code)s”.") % {"code": excerpt_of(spoken)}
        )
    if len(name) > LONGEST_NAME or len(line.category) > LONGEST_PATH:
        return line.refused(_("Its name or the path of its category is too long."))
    try:
        fields, lost = fields_of(draft)
    except Refused as reason:
        return line.refused(str(reason))
    parts = [part | {"id": str(uuid4())} for part in fields["parts"]]
    gaps = as_question(fields | {"parts": parts}).gaps()
    if gaps:
        return line.refused(str(next(iter(gaps.values()))))
    tags = labels_of(draft).tags
    return replace(line, fields=fields, tags=tags, warnings=tuple(lost))


def as_question(fields: dict[str, Any], question: Question | None = None) -> Question:
    """The question with these fields, not saved; one without ids for its parts."""
    question = question or Question()
    for name, value in fields.items():
        setattr(question, name, value)
    return question


def _compared(lines: list[Planned]) -> list[Planned]:
    """Each line beside its original and beside the question that the bank has."""
    bank = _Bank(lines)
    seen: dict[tuple[str, ...], Planned] = {}
    done: dict[int, Planned] = {}
    originals = _originals(lines)
    for line in sorted(lines, key=lambda line: line.place in originals):
        if line.outcome != Outcome.REFUSED:
            original = done.get(originals.get(line.place, -1))
            line = bank.compared(_after(seen, line), original)
        done[line.place] = line
    return [done[place] for place in range(len(lines))]


def _after(seen: dict[tuple[str, ...], Planned], line: Planned) -> Planned:
    """Of two questions with one name, language and shelf the second is refused."""
    words = folded(line.name) or f"\0{line.draft.stem if line.draft else ''}"
    key = (words, line.language, folded(line.category))
    first = seen.setdefault(key, line)
    if first is line:
        return line
    return line.refused(
        _("Line %(line)s has the same question.") % {"line": first.line}
    )


def _originals(lines: list[Planned]) -> dict[int, int]:
    """From the place of each translation to that of its original.

    They have one name and differ in the language; the original is the one whose name
    says no language, or the first.
    """
    groups: dict[str, list[Planned]] = defaultdict(list)
    for line in lines:
        if line.name and line.outcome != Outcome.REFUSED:
            groups[folded(line.name)].append(line)
    found = {}
    for group in groups.values():
        for line in group:
            others = [o for o in group if o.language != line.language]
            plain = [o for o in others if not o.is_named_in_language]
            first = _nearest(line, plain or [o for o in others if o is group[0]])
            if line.is_named_in_language and first:
                found[line.place] = first.place
    return found


def _nearest(line: Planned, others: list[Planned]) -> Planned | None:
    """On the same shelf, or the only one there is."""
    same = [one for one in others if folded(one.category) == folded(line.category)]
    candidates = same or others
    return candidates[0] if len(candidates) == 1 else None


class _Bank:
    """The questions of the bank that a file may mean, read once."""

    def __init__(self, lines: list[Planned]) -> None:
        names = {line.name for line in lines if line.name}
        stems = {line.draft.stem for line in lines if line.draft and not line.name}
        asked = Q(name__in=names) | Q(name="", stem__in=stems)
        questions = Question.objects.filter(asked).select_related(
            "locale", "category", "latest_revision"
        )
        self.known: dict[str, list[Question]] = defaultdict(list)
        for question in questions.order_by("pk"):
            self.known[folded(question.name) or f"\0{question.stem}"].append(question)
        is_said = any(line.tags for line in lines)
        tagged = QuestionTag.objects.filter(content_object__in=questions)
        self.tags = tagged.names() if is_said else {}

    def compared(self, line: Planned, original: Planned | None) -> Planned:
        if line.outcome == Outcome.REFUSED or line.draft is None:
            return line
        if original is None and line.is_named_in_language:
            original = self._original_of(line)
        if original and original.outcome == Outcome.REFUSED:
            original = None
        if original and not _is_translation(line, original):
            return line.refused(
                _(
                    "It is called like a translation of “%(excerpt)s”, and its kind or"
                    " its choices are others."
                )
                % {"excerpt": original.excerpt}
            )
        question = self._same(line, original)
        line = replace(line, question=question, original=original)
        if question is None:
            return line
        revision = question.latest_revision
        is_draft = revision and question.has_unpublished_changes
        newest = revision.as_object() if is_draft else question
        there = _content_of(newest, with_taken_pictures(newest.stem)[0])
        unsaid = {name: getattr(newest, name) for name in _FACTS}
        here = _content_of(as_question(unsaid | line.fields), line.fields["stem"])
        own = newest.tags.names() if is_draft else self.tags.get(question.pk, [])
        is_same = here == there and _says_nothing_else(line.tags, own)
        same = Outcome.SAME if is_same else Outcome.CHANGED
        return replace(line, outcome=same)

    def _candidates(self, line: Planned) -> list[Question]:
        stem = line.draft.stem if line.draft else ""
        return self.known.get(folded(line.name) or f"\0{stem}", [])

    def _same(self, line: Planned, original: Planned | None) -> Question | None:
        for question in self._candidates(line):
            if question.locale.language_code != line.language:
                continue
            if original:
                its = original.question and original.question.translation_key
                if question.translation_key == its:
                    return question
            elif _shelf_of(question) == folded(line.category):
                return question
        return None

    def _original_of(self, line: Planned) -> Planned | None:
        """The question of the bank that has this name in another language."""
        found = [
            question
            for question in self._candidates(line)
            if question.locale.language_code != line.language
            and _shelf_of(question) == folded(line.category)
        ]
        if not found:
            return None
        first = next(
            (q for q in found if q.locale.language_code == site_language()), found[0]
        )
        fields = {name: getattr(first, name) for name in _SHARED}
        streams = {name: _raw(first, name) for name in _STREAMS}
        return Planned(
            -1,
            0,
            excerpt_of(to_text(first.stem)),
            Outcome.SAME,
            fields=fields | streams,
            question=first,
        )


def _is_translation(line: Planned, original: Planned) -> bool:
    """The same kind, the same answer, and the same parts, in the same order."""
    return _shape(line.fields) == _shape(original.fields)


def _shape(fields: dict[str, Any]) -> list:
    choices = [bool(choice["value"]["is_correct"]) for choice in fields["choices"]]
    parts = [part["type"] for part in fields["parts"]]
    return [*(fields[name] for name in _SHARED), choices, parts]


def _shelf_of(question: Question) -> str:
    return folded(question.category.path) if question.category else ""


def _content_of(question: Question, stem: str) -> tuple:
    """All that an import writes, without any ids; the stem as a file has it."""
    names = (*_SHARED, *_FACTS, "explanation", "topic")
    plain = [getattr(question, name) for name in names]
    return (*plain, stem, *(_raw(question, name) for name in _STREAMS))


def _says_nothing_else(tags: Iterable[str], own: Iterable[str]) -> bool:
    """What a file says nothing about stays as it is."""
    said = {tag.casefold() for tag in tags}
    return not said or said == {tag.casefold() for tag in own}


def _raw(question: Question, name: str) -> list:
    return _without_ids(getattr(question, name).get_prep_value())


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_ids(one) for one in value]
    if isinstance(value, dict):
        if value.get("type") == "item":
            # A list of a list's items is stored in either way.
            return _without_ids(value["value"])
        return {key: _without_ids(one) for key, one in value.items() if key != "id"}
    return value
