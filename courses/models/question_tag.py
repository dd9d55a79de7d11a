from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase


class QuestionTagQuerySet(models.QuerySet):
    def names(self) -> dict[int, list[str]]:
        """The tags of each question by its pk, read at once."""
        found: dict[int, list[str]] = {}
        rows = self.order_by("tag__name").values_list("content_object_id", "tag__name")
        for pk, name in rows:
            found.setdefault(pk, []).append(name)
        return found


class QuestionTag(TaggedItemBase):
    """A tag on a question."""

    content_object = ParentalKey(
        "courses.Question", on_delete=models.CASCADE, related_name="tagged_items"
    )

    objects = QuestionTagQuerySet.as_manager()

    class Meta(TaggedItemBase.Meta):
        verbose_name = _("tag of a question")
        verbose_name_plural = _("tags of questions")
