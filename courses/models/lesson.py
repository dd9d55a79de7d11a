from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from courses.blocks import FacilitatorNotesBlock, LessonBodyBlock


class ModulePage(Page):
    """A part of a course; its lessons and quizzes are its children."""

    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One sentence: what this part is about.")
    )

    content_panels = [*Page.content_panels, "summary"]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    parent_page_types = ["courses.CoursePage"]
    private_page_options = []
    subpage_types = ["courses.LessonPage", "courses.QuizPage"]
    template = "courses/module_page.html"
    page_description = _("A part of a course; lessons and quizzes stand in it.")
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")


class LessonPage(Page):
    """One lesson in one language. Says itself what completes it."""

    class Completes(models.TextChoices):
        OPENED = "opened", _("Opened")
        READ = "read", _("Read to the end")
        SELF_CHECK = "self_check", _("Self-check answered")
        SIGN_OFF = "sign_off", _("Signed off by a trainer")

    summary = models.TextField(
        _("summary"), blank=True, help_text=_("One sentence under the title.")
    )
    objectives = StreamField(
        [("objective", CharBlock(label=_("Objective")))],
        verbose_name=_("objectives"),
        blank=True,
        help_text=_("What one can do after this lesson; begin with a verb."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=15, help_text=_("How long it takes most people.")
    )
    body = StreamField(
        LessonBodyBlock(),
        verbose_name=_("body"),
        blank=True,
        help_text=_("Build the lesson from blocks; each shows what it will look like."),
    )
    facilitator_notes = StreamField(
        [("notes", FacilitatorNotesBlock())],
        verbose_name=_("facilitator notes"),
        blank=True,
        max_num=1,
        help_text=_("Only trainers see these."),
    )
    is_required = models.BooleanField(
        _("required"),
        default=True,
        help_text=_("Without it the course cannot be completed."),
    )
    completes = models.CharField(
        _("what completes it"),
        max_length=20,
        choices=Completes,
        default=Completes.READ,
    )
    least_seconds = models.PositiveSmallIntegerField(
        _("least time, seconds"),
        default=0,
        help_text=_("How long reading takes at least, when reading completes it."),
    )

    content_panels = [
        *Page.content_panels,
        "summary",
        "objectives",
        "body",
        MultiFieldPanel(
            [
                FieldPanel("minutes"),
                FieldPanel("is_required"),
                FieldPanel("completes"),
                FieldPanel("least_seconds"),
            ],
            heading=_("What completing takes"),
        ),
        "facilitator_notes",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]
    parent_page_types = ["courses.ModulePage"]
    private_page_options = []
    subpage_types = []
    template = "courses/lesson_page.html"
    page_description = _("One lesson: the text, and what completes it.")

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
