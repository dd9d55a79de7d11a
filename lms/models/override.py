"""Another rule of a quiz for one person or for a whole cohort."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .cohort import Cohort
from .enrolment import Enrolment
from .person import Person


class OverrideQuerySet(models.QuerySet):
    def of(self, enrolment):
        """Given to this person, or to a cohort they study in (QZ-42)."""
        return self.for_any_of([enrolment.person_id], enrolment.cohort_id)

    def for_any_of(self, people, cohort):
        """Given to these people of the cohort, to it, or to another they study in.

        Each comes once for every person it reaches, who is its `holder`.
        """
        place = "cohort__enrolments"
        theirs = models.Q(**{f"{place}__person__in": people})
        studying = models.Q(**{f"{place}__status__in": Enrolment.STUDYING})
        reaching = theirs & (studying | models.Q(cohort=cohort))
        rows = self.filter(models.Q(person__in=people) | reaching)
        return rows.annotate(holder=Coalesce("person", f"{place}__person"))

    def within(self, cohort):
        """Those of the cohort and of the people who have a place in it."""
        people = Enrolment.objects.filter(cohort=cohort).values("person")
        return self.filter(models.Q(cohort=cohort) | models.Q(person__in=people))


class Override(models.Model):
    """Another rule of a quiz for one person or one cohort, never for both (QZ-41).

    `reason` is for staff: the participant never reads it.
    """

    quiz_key = models.UUIDField(_("quiz"), db_index=True)
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="overrides",
    )
    cohort = models.ForeignKey(
        Cohort,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="overrides",
    )
    extra_attempts = models.PositiveSmallIntegerField(
        _("extra attempts"), null=True, blank=True
    )
    extra_time_percent = models.PositiveSmallIntegerField(
        _("extra time, percent"), null=True, blank=True
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("given at"))

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, cohort__isnull=True)
                | models.Q(person__isnull=True, cohort__isnull=False),
                name="override_is_for_a_person_or_a_cohort",
                violation_error_message=_("Choose one person or one cohort."),
            ),
            models.CheckConstraint(
                condition=models.Q(extra_attempts__isnull=False)
                | models.Q(extra_time_percent__isnull=False)
                | models.Q(opens_at__isnull=False)
                | models.Q(closes_at__isnull=False),
                name="override_changes_something",
                violation_error_message=_("Say what is different."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="override_closes_after_it_opens",
                violation_error_message=_("It has to close after it opens."),
            ),
            models.UniqueConstraint(
                fields=["quiz_key", "person"],
                condition=models.Q(person__isnull=False),
                name="one_override_per_quiz_and_person",
            ),
            models.UniqueConstraint(
                fields=["quiz_key", "cohort"],
                condition=models.Q(cohort__isnull=False),
                name="one_override_per_quiz_and_cohort",
            ),
        ]

    def __str__(self):
        return f"{self.quiz_key} {self.person or self.cohort}"
