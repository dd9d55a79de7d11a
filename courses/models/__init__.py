"""What is taught. Knows no participant."""

from .audience import Audience
from .course import CourseIndexPage, CoursePage, Prerequisite
from .edition import Edition
from .glossary import GlossaryTerm
from .lesson import LessonPage, ModulePage
from .question import Question, QuestionCategory, QuestionVersion
from .quiz import QuizPage, Slot

__all__ = [
    "Audience",
    "CourseIndexPage",
    "CoursePage",
    "Edition",
    "GlossaryTerm",
    "LessonPage",
    "ModulePage",
    "Prerequisite",
    "Question",
    "QuestionCategory",
    "QuestionVersion",
    "QuizPage",
    "Slot",
]
