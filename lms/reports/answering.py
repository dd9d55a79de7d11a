"""A report's answer to a question, as this asker may see it."""

from .asking import in_words
from .dataset import Report
from .files import Answer
from .question import Question


def answer(report: Report, question: Question) -> Answer:
    """The tables, and the sentence above them where the report has one."""
    tables = report.tables(question)
    if report.sentence:
        sentence = report.sentence(question, tables)
    else:
        sentence = report.summary(question) if report.summary else ""
    return Answer(report, in_words(question), tables, sentence)
