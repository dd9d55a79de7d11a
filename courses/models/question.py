from decimal import Decimal
from random import Random

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.models import ClusterableModel
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from courses import clock, kinds
from courses.blocks.choice import ChoiceBlock
from courses.fields import KindField, PartsField
from courses.languages import in_order

from .question_category import QuestionCategory
from .question_tag import QuestionTag


class QuestionQuerySet(models.QuerySet):
    def due(self):
        """The day has come on which somebody should look whether they still hold."""
        return self.filter(review_on__lte=timezone.localdate(clock.now()))

    def on_offer(self):
        """What a draw may deal: not retired and not due in any language (QZ-50)."""
        every = Question.objects.order_by()
        stale = every.due() | every.exclude(retired_at=None)
        return self.filter(live=True).exclude(
            translation_key__in=stale.values("translation_key")
        )


class Question(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """A question of the bank in one language. Publishing freezes a QuestionVersion."""

    class Difficulty(models.IntegerChoices):
        EASY = 1, _("Easy")
        MIDDLE = 2, _("Middle")
        HARD = 3, _("Hard")

    kind = KindField(_("kind"), max_length=20, choices=kinds.choices, default="single")
    category = models.ForeignKey(
        QuestionCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    name = models.CharField(
        _("name"),
        max_length=255,
        blank=True,
        db_index=True,
        help_text=_("Short; by it an imported file finds its question again."),
    )
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"),
        default=Difficulty.EASY,
        choices=Difficulty,
    )
    tags = ClusterTaggableManager(
        through=QuestionTag,
        verbose_name=_("tags"),
        blank=True,
        help_text=_("Separated by commas. A quiz can draw by them."),
    )
    jurisdiction = models.CharField(
        _("country"),
        max_length=6,
        blank=True,
        db_index=True,
        validators=[
            RegexValidator(
                r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$",
                _("Write two capital letters, such as TJ."),
            )
        ],
        help_text=_(
            "Whose law it asks, by the country's two letters: TJ. Empty: everywhere."
        ),
    )
    review_on = models.DateField(
        _("look again on"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "When the law may have changed. From that day it is not drawn any more"
            " until somebody gives it a later day."
        ),
    )
    is_small_fix = models.BooleanField(
        _("this is a small fix"),
        default=False,
        help_text=_(
            "Only the wording is better: whoever answered before would answer the same."
            " Otherwise the figures of this question begin anew."
        ),
    )
    stem = RichTextField(
        _("question"), features=["bold", "italic", "ol", "ul", "image"]
    )
    choices = StreamField(
        [("choice", ChoiceBlock())],
        verbose_name=_("choices"),
        blank=True,
        help_text=_("For questions with choices; mark each right one."),
    )
    is_true = models.BooleanField(
        _("the statement is true"),
        null=True,
        blank=True,
        help_text=_("For true or false."),
    )
    number = models.DecimalField(
        _("right number"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    tolerance = models.DecimalField(
        _("tolerance"), max_digits=18, decimal_places=6, default=Decimal(0)
    )
    tolerance_is_percent = models.BooleanField(
        _("tolerance in percent"),
        default=False,
        help_text=_("Of the right number; otherwise in its own unit."),
    )
    is_unit_needed = models.BooleanField(
        _("the unit is asked for"),
        default=False,
        help_text=_("A number without one of the units below is wrong."),
    )
    is_all_or_nothing = models.BooleanField(
        _("all or nothing"),
        default=False,
        help_text=_("Otherwise each part that is right earns its share."),
    )
    accepted = StreamField(
        [("answer", CharBlock(label=_("Accepted answer")))],
        verbose_name=_("accepted answers"),
        blank=True,
        help_text=_("For a typed answer: every wording that counts as right."),
    )
    parts = PartsField(
        kinds.parts,
        verbose_name=_("parts"),
        blank=True,
        default=list,
        help_text=_("Pairs, steps, gaps and what else the kind is made of."),
    )
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("Shown after the attempt.")
    )
    retired_at = models.DateTimeField(
        _("retired at"), null=True, blank=True, editable=False
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="question",
        for_concrete_model=False,
    )

    search_fields = [
        index.SearchField("stem"),
        index.AutocompleteField("stem"),
        index.FilterField("id"),
        index.FilterField("locale"),
        index.FilterField("kind"),
        index.FilterField("category"),
        index.FilterField("difficulty"),
        index.FilterField("topic"),
        index.FilterField("jurisdiction"),
        index.FilterField("review_on"),
        index.FilterField("retired_at"),
    ]

    objects = QuestionQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        ordering = ["pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return Truncator(strip_tags(self.stem)).chars(120) or gettext("No words yet")

    @property
    def revisions(self):
        return self._revisions

    @property
    def its_kind(self) -> kinds.Kind:
        return kinds.kind_of(self.kind)

    def gaps(self) -> dict[str, str]:
        """What it still lacks to be asked, by field; empty when it can be published."""
        gaps = {}
        if not strip_tags(self.stem).strip():
            gaps["stem"] = _("Write the question.")
        if any(part.block_type not in self.its_kind.blocks for part in self.parts):
            gaps["parts"] = _("Remove the parts that belong to other kinds.")
        return gaps | self.its_kind.gaps(self)

    def has_other_choices_than_its_original(self) -> bool:
        """A translation must keep the ids of the choices it translates."""
        twins = Question.objects.filter(translation_key=self.translation_key, live=True)
        others = list(twins.exclude(pk=self.pk).select_related("locale"))
        first = in_order([*others, self])[0]
        return first is not self and self.shared_ids() != first.shared_ids()

    def shared_ids(self) -> set[str]:
        """The ids that every language of it must have."""
        return self.its_kind.shared_ids(self.its_kind.key_of(self))

    def with_content_json(self, content):
        """A draft from before it was retired does not bring it back."""
        question = super().with_content_json(content)
        question.retired_at = self.retired_at
        return question

    @property
    def is_due(self) -> bool:
        today = timezone.localdate(clock.now())
        return self.review_on is not None and self.review_on <= today

    def get_preview_template(self, request, mode_name):
        return "courses/question_preview.html"

    def get_preview_context(self, request, mode_name):
        """As a participant sees it, alone on its sheet."""
        kind = self.its_kind
        key, body = kind.key_of(self), kind.body_of(self)
        order = kind.order(key, is_shuffled=False, random=Random())  # noqa: S311
        asked = kind.asked(kinds.Posed(key, body, order, []))
        item = {"place": 1, "kind": kind, "asked": asked}
        return super().get_preview_context(request, mode_name) | {"item": item}
