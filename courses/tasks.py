"""What the job worker does when something is published; safe to run twice."""

from django_tasks import task
from wagtail.models import Page

from .bodies import body_of
from .models import CoursePage, LessonPage, Question
from .question_pictures import picture_of
from .screens.catalogue import cover_url


@task()
def make_ready(page_pk: int) -> None:
    """Write the text and cut the pictures, so that no reader waits for it."""
    page = Page.objects.live().filter(pk=page_pk).specific().first()
    if isinstance(page, LessonPage):
        body_of(page)
    elif isinstance(page, CoursePage):
        cover_url(page)


@task()
def make_picture_ready(question_pk: int) -> None:
    """Cut the picture of a question, so that no participant waits for it."""
    question = Question.objects.filter(pk=question_pk, live=True).first()
    image = question and question.its_kind.body_of(question).get("image")
    if image:
        picture_of(image)
