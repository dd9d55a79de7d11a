import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certificates.due.renewal_days import NEW_DAY, NONE, OLD_END, Renewing

from .kinds import Kind
from .template import EVERY_COURSE


class AwardRuleQuerySet(models.QuerySet):
    def for_course(self, course_key, kind) -> "AwardRule":
        """The course's own rule, else the one for all, else what holds without any."""
        return self.for_courses([course_key], kind)[course_key]

    def for_courses(self, course_keys, kind) -> "dict[uuid.UUID, AwardRule]":
        """The same for several courses, by their keys; one query for any number."""
        wanted = models.Q(course_key__in=set(course_keys)) | models.Q(course_key=None)
        rows = {row.course_key: row for row in self.filter(wanted, kind=kind)}
        general = rows.get(None) or AwardRule.usual(kind)
        return {key: rows.get(key, general) for key in course_keys}

    def kinds_of(self, course_key) -> "dict[str, AwardRule]":
        """By kind, the rules of what this course gives; one query."""
        wanted = models.Q(course_key=course_key) | models.Q(course_key=None)
        rows = self.filter(wanted).order_by(
            models.F("course_key").asc(nulls_first=True)
        )
        found = {kind: AwardRule.usual(kind) for kind in Kind.values}
        found |= {row.kind: row for row in rows}
        return {kind: rule for kind, rule in found.items() if rule.is_on}


class AwardRule(models.Model):
    """When a course gives certificates of one kind, who decides it, how long they last.

    Without a row a course gives certificates of completion, which its coordinator
    issues, and no others.
    """

    class Decider(models.TextChoices):
        AUTOMATIC = "automatic", _("Nobody: as soon as it is earned")
        COORDINATOR = "coordinator", _("The coordinator, from a list")
        COMMITTEE = "committee", _("A committee votes on a list")

    class Renewal(models.TextChoices):
        NONE = NONE, _("It is not renewed")
        NEW_DAY = NEW_DAY, _("The new one counts from its own day")
        OLD_END = OLD_END, _("The new one counts from the end of the old one")

    course_key = models.UUIDField(_("course"), null=True, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.COMPLETION
    )
    is_on = models.BooleanField(_("the course gives it"), default=True)
    decided_by = models.CharField(
        _("who decides"), max_length=20, choices=Decider, default=Decider.COORDINATOR
    )
    approvals = models.PositiveSmallIntegerField(
        _("votes needed"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(9)],
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("committee"),
        blank=True,
        related_name="+",
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    renewal = models.CharField(
        _("renewal"), max_length=20, choices=Renewal, default=Renewal.NONE
    )
    opens_months = models.PositiveSmallIntegerField(
        _("renewal opens, in months before the end"),
        default=3,
        validators=[MaxValueValidator(60)],
    )
    least_score = models.PositiveSmallIntegerField(
        _("least result, in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    least_attendance = models.PositiveSmallIntegerField(
        _("least attendance, in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    # Keys of courses, as text.
    after = models.JSONField(_("rests on certificates of"), default=list, blank=True)

    objects = AwardRuleQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("rule of certificates")
        verbose_name_plural = _("rules of certificates")
        constraints = [
            # No course means every course: SQLite needs a value to find that twice.
            models.UniqueConstraint(
                Coalesce("course_key", EVERY_COURSE),
                "kind",
                name="one_award_rule_per_course_and_kind",
                violation_error_message=_("This course has a rule of this kind."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="distinction", is_on=True)
                | models.Q(least_score__isnull=False),
                name="distinction_says_its_least_result",
                violation_error_message=_("Say the least result of a distinction."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="attendance", is_on=True)
                | models.Q(least_attendance__isnull=False),
                name="attendance_statement_says_its_least_share",
                violation_error_message=_("Say the least attendance of a statement."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @classmethod
    def usual(cls, kind: str) -> "AwardRule":
        """What holds for a course of which nobody wrote a rule; never saved."""
        return cls(kind=kind, is_on=kind == Kind.COMPLETION)

    @property
    def is_automatic(self) -> bool:
        return self.is_on and self.decided_by == self.Decider.AUTOMATIC

    @property
    def is_voted(self) -> bool:
        return self.is_on and self.decided_by == self.Decider.COMMITTEE

    @property
    def renewing(self) -> Renewing:
        return Renewing(self.renewal, self.opens_months)
