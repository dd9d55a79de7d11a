"""When it is loaded, and what its files say is to be there."""

from datetime import date, datetime

from home.sample import reading
from home.sample.keys import key
from lms.reports.period import Period
from lms.reports.question import Question as ReportQuestion

NOW = datetime.fromisoformat("2026-10-14T10:00+05:00")

COURSES = reading.read_courses()
LESSONS = [
    (f"{course.slug}/{lesson.slug}", lesson)
    for course in COURSES
    for lesson in course.lessons
]
QUESTIONS = [question for course in COURSES for question in course.questions]
PRE_TESTS = [key("pre-test", course.slug) for course in COURSES if course.pre_test]
PRACTICE = [key("practice", course.slug) for course in COURSES if course.practice]
BOTH_YEARS = ReportQuestion(Period(date(NOW.year - 1, 1, 1), date(NOW.year, 12, 31)))
