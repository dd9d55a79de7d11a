"""Questions of the bank as a file of another program."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from courses.exchange.drafts import Writing
from courses.exchange.formats import Format
from courses.languages import site_language
from courses.models import Question, QuestionTag

from .question_drafts import draft_of
from .stem_pictures import with_taken_pictures


def may_export(user) -> bool:
    """Whoever may write questions sees their answers anyway."""
    policy = policy_registry.get_by_type(Question)
    return policy.user_has_permission(user, "change")


def questions_of(*, tag=None, **fields) -> QuerySet[Question]:
    """The published questions with these fields and this tag, shelf by shelf."""
    questions = Question.objects.filter(live=True, retired_at=None, **fields)
    if tag:
        questions = questions.filter(tagged_items__tag=tag)
    return questions.select_related("category", "locale").order_by(
        "category__path", "pk"
    )


def export_questions(questions: QuerySet[Question], *, as_: Format, by) -> Writing:
    """The file, logged at each shelf it empties into the world."""
    if not may_export(by):
        raise PermissionDenied
    rows = list(questions)
    tags = QuestionTag.objects.filter(content_object__in=rows).names()
    writing = as_.write([_draft(one, tags.get(one.pk, [])) for one in rows])
    shelves = {question.category for question in rows if question.category}
    for shelf in sorted(shelves, key=str):
        count = sum(question.category == shelf for question in rows)
        data = {"format": as_.key, "questions": count}
        log(shelf, "courses.export_questions", user=by, data=data)
    return writing


def _draft(question: Question, tags: list[str]):
    stem, pictures = with_taken_pictures(question.stem)
    name = _name(question)
    return draft_of(question, name=name, stem=stem, pictures=pictures, tags=tags)


def _name(question: Question) -> str:
    """With its language in front, so that an import finds whose translation it is."""
    code = question.locale.language_code
    is_plain = not question.name or code == site_language()
    return question.name if is_plain else f"{code}-{question.name}"
