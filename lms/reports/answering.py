"""A report's answer to a question, as this asker may see it."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from .asker import Asker
from .asking import QuestionForm, in_words
from .closing import adjustments
from .dataset import Report, Table
from .files import Answer
from .frozen import closed, frozen_tables
from .observing import ObserverForm, is_whole, observed
from .question import Question, donors_of


def form_for(report: Report, data, asker: Asker) -> QuestionForm:
    """What this asker may ask of the report."""
    kind = ObserverForm if asker.is_observer else QuestionForm
    return kind(data, report=report, cohorts=asker.cohorts)


def answer(report: Report, question: Question, asker: Asker) -> Answer:
    """The tables, frozen ones of a closed period, and the sentence above them."""
    if asker.is_observer:
        tables, notes = observed(report, question)
        sentence = _said(report, question, tables) if is_whole(question) else ""
        asked = in_words(question)
        paid = donors_of(question)
        return Answer(report, asked, tables, sentence, notes, donors=paid)
    now, period = report.tables(question), closed(question)
    then = frozen_tables(report, question, period, asker) if period else None
    if then is None:
        notes = [_of_today(period)] if period else []
        sentence = _said(report, question, now) or _asked(report, question)
        asked, paid = in_words(question), donors_of(question)
        return Answer(report, asked, now, sentence, notes, donors=paid)
    return Answer(
        report,
        in_words(question),
        then,
        _said(report, question, then),
        [_as_closed(period)],
        adjustments(then, now),
        is_frozen=True,
        donors=donors_of(question),
    )


def _said(report: Report, question: Question, tables: list[Table]) -> str:
    return report.sentence(question, tables) if report.sentence else ""


def _asked(report: Report, question: Question) -> str:
    has_one = report.summary and not report.sentence
    return report.summary(question) if has_one else ""


def _of_today(period) -> str:
    return gettext(
        "This period was closed on %(day)s as a whole. Figures narrowed as here are "
        "those of today."
    ) % {"day": date_format(localtime(period.closed_at))}


def _as_closed(period) -> str:
    return gettext(
        "This period was closed on %(day)s. The figures are those of that day; what "
        "was corrected later stands below as adjustments."
    ) % {"day": date_format(localtime(period.closed_at))}
