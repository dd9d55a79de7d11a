"""Importing questions: look first, then all that was chosen, or nothing."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.blocks import StreamValue
from wagtail.log_actions import log
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from courses import clock
from courses.models import Question, QuestionCategory, QuestionUpload

from .import_plan import Outcome, Plan, Planned, as_question, folded, plan_import
from .releasing import publish, submit
from .stem_pictures import with_kept_pictures

__all__ = ["Imported", "import_questions", "keep_questions", "may_import"]


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    added: int = 0
    changed: int = 0
    is_live: bool = True


def may_import(user) -> bool:
    policy = policy_registry.get_by_type(Question)
    return all(policy.user_has_permission(user, name) for name in ("add", "change"))


def may_publish(user) -> bool:
    return policy_registry.get_by_type(Question).user_has_permission(user, "publish")


def may_look_at(user, upload: QuestionUpload) -> bool:
    """What somebody brought along is theirs, and for those who publish questions."""
    return may_import(user) and (upload.by == user or may_publish(user))


@transaction.atomic
def keep_questions(
    content: bytes, *, name: str, locale: Locale, category=None, by
) -> QuestionUpload:
    """Keep a file, or what was pasted, for its dry run."""
    upload = QuestionUpload.objects.create(
        content=content,
        name=name[:255],
        locale=locale,
        category=category,
        by=by,
        created_at=clock.now(),
    )
    log(upload, "courses.upload_questions", user=by)
    return upload


@transaction.atomic
def import_questions(
    upload: QuestionUpload, *, by, chosen: Collection[int] | None = None
) -> Imported:
    """Write the chosen questions, all or none; a second time nothing changes.

    They go live, or to the reviewer where `by` may not publish. Everything is looked up
    again under the file's lock: the dry run may be old. `chosen` are places in the
    plan; without it all are meant that can be taken.
    """
    if not may_look_at(by, upload):
        raise PermissionDenied
    upload = QuestionUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.applied_at:
        return Imported(**upload.result)
    plan = plan_import(
        bytes(upload.content), category=upload.category, language=upload.language
    )
    done = _Import(plan, by).write(chosen)
    upload.content, upload.applied_at, upload.result = b"", clock.now(), vars(done)
    upload.save(update_fields=["content", "applied_at", "result"])
    log(upload, "courses.import_questions", user=by, data=upload.result)
    return done


class _Import:
    """Writes the lines of a plan, originals before their translations."""

    def __init__(self, plan: Plan, by) -> None:
        self.plan, self.by = plan, by
        self.is_live = may_publish(by)
        self.locales = {one.language_code: one for one in Locale.objects.all()}
        self.shelves = {folded(c.path): c for c in QuestionCategory.objects.all()}
        self.written: dict[int, Question] = {}

    def write(self, chosen: Collection[int] | None) -> Imported:
        lines = [line for line in self.plan.to_write if self._is_meant(line, chosen)]
        for line in sorted(lines, key=lambda line: line.original is not None):
            self.written[line.place] = self._question(line)
        new = sum(line.outcome == Outcome.NEW for line in lines)
        return Imported(new, len(lines) - new, self.is_live)

    def _is_meant(self, line: Planned, chosen: Collection[int] | None) -> bool:
        return chosen is None or line.place in chosen

    def _question(self, line: Planned) -> Question:
        question = line.question or Question(
            locale=self.locales[line.language], live=False
        )
        original = self._original(line)
        model = original or line.question
        fields = line.fields | {
            "stem": with_kept_pictures(
                line.fields["stem"], line.draft.pictures, by=self.by
            ),
            "choices": _with_ids(line.fields["choices"], model and model.choices),
            "parts": _with_ids(line.fields["parts"], model and model.parts),
        }
        as_question(fields, question)
        question.name = line.name
        if original:
            question.translation_key = original.translation_key
        question.category = original.category if original else self._shelf(line)
        if line.tags:
            question.tags.set(line.tags)
        if question.pk is None:
            question.save()
        return (publish if self.is_live else submit)(question, self.by)

    def _original(self, line: Planned) -> Question | None:
        """As just written, or as the bank has it."""
        if line.original is None:
            return None
        written = self.written.get(line.original.place)
        return written or line.original.question

    def _shelf(self, line: Planned) -> QuestionCategory | None:
        """The shelf of this name, whatever its case; a new one is made."""
        if not line.category:
            return None
        key = folded(line.category)
        if key not in self.shelves:
            self.shelves[key] = QuestionCategory.objects.create(path=line.category)
        return self.shelves[key]


def _with_ids(blocks: list[dict], before: StreamValue | None) -> list[dict]:
    """The blocks under the ids they had, found by their words, else by their place."""
    known = [dict(block) for block in before.get_prep_value()] if before else []
    ids = {_words(block): block["id"] for block in known}
    keys = [ids.pop(_words(block), None) for block in blocks]
    if None in keys and len(known) == len(blocks):
        keys = [block["id"] for block in known]
    keys = [key or str(uuid.uuid4()) for key in keys]
    return [block | {"id": key} for block, key in zip(blocks, keys, strict=True)]


def _words(block: dict) -> str:
    value = block["value"]
    words = value.get("text", value) if isinstance(value, dict) else value
    return f"{block['type']} {words}"
