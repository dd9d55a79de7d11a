"""What is taught. Knows no participant."""

from .audience import Audience
from .band import FeedbackBand
from .course import CourseIndexPage, CoursePage, Prerequisite
from .edition import Edition
from .glossary import GlossaryTerm
from .indicator import Indicator
from .lesson import LessonPage, ModulePage
from .question import Question, QuestionCategory, QuestionTag, QuestionVersion
from .question_upload import QuestionUpload
from .quiz import QuizPage, Slot

__all__ = [
    "Audience",
    "CourseIndexPage",
    "CoursePage",
    "Edition",
    "FeedbackBand",
    "GlossaryTerm",
    "Indicator",
    "LessonPage",
    "ModulePage",
    "Prerequisite",
    "Question",
    "QuestionCategory",
    "QuestionTag",
    "QuestionUpload",
    "QuestionVersion",
    "QuizPage",
    "Slot",
]
