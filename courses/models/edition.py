import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionQuerySet(models.QuerySet):
    def of(self, course_key: uuid.UUID):
        return self.filter(course_key=course_key)

    def newest(self, course_key: uuid.UUID):
        return self.of(course_key).order_by("-number").first()


class Edition(models.Model):
    """The frozen outline and completion policy a cohort follows. Never updated.

    `outline` is {"modules": [{"key", "activities": [{"key", "kind": "lesson" or
    "quiz", "is_required", "completes", "least_seconds", "minutes"}]}]}; keys are
    translation keys as text, titles are read live. `policy` is
    {"attendance_percent": int} and, where it is not as it always was, the other rules
    of attendance by the names of the course's fields. `prerequisites` is [{"course":
    its key, "kind": as in `Prerequisite`}].
    """

    course_key = models.UUIDField(_("course"), db_index=True)
    number = models.PositiveIntegerField(_("number"))
    outline = models.JSONField(_("outline"), encoder=DjangoJSONEncoder)
    policy = models.JSONField(_("policy"), encoder=DjangoJSONEncoder)
    prerequisites = models.JSONField(_("prerequisites"), default=list)
    created_at = models.DateTimeField(_("made at"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["course_key", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(
                fields=["course_key", "number"], name="one_edition_per_number"
            )
        ]

    def __str__(self):
        return f"{self.course_key} {self.number}"

    @property
    def activities(self) -> list[dict]:
        """Every activity in teaching order, with its module's key as `module`."""
        return [
            activity | {"module": module["key"]}
            for module in self.outline["modules"]
            for activity in module["activities"]
        ]

    def has(self, activity: uuid.UUID) -> bool:
        """Is this lesson or quiz part of it?"""
        return str(activity) in {entry["key"] for entry in self.activities}
