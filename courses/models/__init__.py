"""What is taught. Knows no participant."""

from .audience import Audience
from .band import FeedbackBand
from .course import CourseIndexPage, CoursePage, Prerequisite
from .edition import Edition
from .glossary import GlossaryTerm
from .indicator import Indicator
from .lesson import LessonPage, ModulePage
from .question import Question
from .question_category import QuestionCategory
from .question_tag import QuestionTag
from .question_upload import QuestionUpload
from .question_version import QuestionVersion
from .quiz import QuizPage
from .slot import Slot

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
