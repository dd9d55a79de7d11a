from collections import defaultdict

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from courses.fields import ChoiceListField
from courses.forms.pages import CourseForm

from .audience import Audience
from .indicator import Indicator


class CourseIndexPage(Page):
    """The catalogue of one language."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, "intro"]
    subpage_types = ["courses.CoursePage"]
    template = "courses/course_index_page.html"
    page_description = _("The catalogue: every course of one language.")

    class Meta:
        verbose_name = _("course index")
        verbose_name_plural = _("course indexes")


class CoursePage(Page):
    """A course in one language; `translation_key` names it in all of them."""

    class Level(models.TextChoices):
        FOUNDATION = "foundation", _("Foundation")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    class Measure(models.TextChoices):
        SESSIONS = "sessions", _("Sessions")
        MINUTES = "minutes", _("Minutes")

    class Before(models.TextChoices):
        NOT_EXPECTED = "not_expected", _("Not expected: they do not count")
        ABSENT = "absent", _("Count as missed")
        TRAINER = "trainer", _("The trainer decides: they count once marked")

    summary = models.TextField(
        _("summary"), help_text=_("Two sentences for the catalogue.")
    )
    objectives = StreamField(
        [("objective", CharBlock(label=_("Objective")))],
        verbose_name=_("objectives"),
        blank=True,
        help_text=_("What participants will be able to do; begin with a verb."),
    )
    audiences = ChoiceListField(
        _("audiences"), choices=Audience.choices, help_text=_("For whom it is.")
    )
    minutes = models.PositiveIntegerField(
        _("minutes"), default=60, help_text=_("The whole course, sessions included.")
    )
    level = models.CharField(
        _("level"), max_length=20, choices=Level, default=Level.FOUNDATION
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one the cover is drawn from the course's own pattern."),
    )
    attendance_percent = models.PositiveSmallIntegerField(
        _("least attendance, percent"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("Share of the sessions a participant must attend; 0 for none."),
    )
    attendance_measure = models.CharField(
        _("measured in"),
        max_length=20,
        choices=Measure,
        default=Measure.SESSIONS,
        help_text=_("In minutes a long session weighs more than a short one."),
    )
    attendance_best_of = models.PositiveSmallIntegerField(
        _("only the best sessions"),
        default=0,
        validators=[MaxValueValidator(200)],
        help_text=_(
            "How many sessions count: the best ones of each participant, once the last "
            "is held. 0 for all."
        ),
    )
    attendance_before = models.CharField(
        _("sessions before joining"),
        max_length=20,
        choices=Before,
        default=Before.NOT_EXPECTED,
        help_text=_("Of participants who join when sessions have been held already."),
    )

    indicators = ChoiceListField(
        _("donors' indicators"),
        choices=Indicator.choices,
        blank=True,
        help_text=_("Who completes the course is counted under these."),
    )

    content_panels = [
        *Page.content_panels,
        "summary",
        "objectives",
        FieldPanel("audiences", heading=_("For whom")),
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("level"), FieldPanel("picture")],
            heading=_("About the course"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("attendance_percent"),
                FieldPanel("attendance_measure"),
                FieldPanel("attendance_best_of"),
                FieldPanel("attendance_before"),
                InlinePanel("prerequisites", label=_("Course needed before")),
            ],
            heading=_("What completing takes"),
        ),
        FieldPanel("indicators", heading=_("Donors' indicators")),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage", "courses.QuizPage"]
    template = "courses/course_page.html"
    base_form_class = CourseForm
    page_description = _("A course in one language, made of modules.")
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def attendance_policy(self) -> dict[str, object]:
        """What an edition freezes of it; only what is not as it always was.

        So an edition from before a rule was there stays the newest if nothing changed.
        """
        told = {"attendance_percent": self.attendance_percent}
        for name in ("attendance_measure", "attendance_best_of", "attendance_before"):
            value = getattr(self, name)
            if value != self._meta.get_field(name).default:
                told[name] = value
        return told

    def has_activities(self) -> bool:
        """Is a lesson or a quiz of it published, in whatever language?"""
        twins = CoursePage.objects.filter(translation_key=self.translation_key)
        inside = models.Q(pk=None)
        for path in twins.values_list("path", flat=True):
            inside |= models.Q(path__startswith=path)
        kinds = models.Q(content_type__model__in=["lessonpage", "quizpage"])
        return Page.objects.live().filter(inside, kinds).exists()

    def requires(self, other: "CoursePage") -> bool:
        """Must the other be completed before this one, be it for the sake of a third?

        Whatever the language: a course requires what one of its translations does.
        """
        required = defaultdict(set)
        for course, before in Prerequisite.objects.values_list(
            "page__translation_key", "course__translation_key"
        ):
            required[course].add(before)
        found, waiting = set(), [self.translation_key]
        while waiting:
            further = required[waiting.pop()] - found
            found |= further
            waiting += further
        return other.translation_key in found


class Prerequisite(Orderable):
    """A course to complete before this one, or to hold a valid certificate of."""

    class Kind(models.TextChoices):
        COMPLETED = "completed", _("Completed")
        CERTIFICATE = "certificate", _("Has a valid certificate")

    page = ParentalKey(
        CoursePage, on_delete=models.CASCADE, related_name="prerequisites"
    )
    course = models.ForeignKey(
        CoursePage,
        verbose_name=_("course"),
        on_delete=models.PROTECT,
        related_name="required_by",
    )
    kind = models.CharField(
        _("what is needed"),
        max_length=20,
        choices=Kind,
        default=Kind.COMPLETED,
        help_text=_("A certificate may expire; what is completed stays so."),
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["page", "course"],
                name="one_prerequisite_per_course",
                violation_error_message=_("This course is named twice."),
            ),
            models.CheckConstraint(
                condition=~models.Q(page=models.F("course")),
                name="no_course_requires_itself",
                violation_error_message=_("A course cannot require itself."),
            ),
        ]
