from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import QuestionVersion

from .attempt import Attempt
from .regrade import RegradeRun


class ResponseQuerySet(models.QuerySet):
    def by_hand(self):
        """Handed in and for a person to mark, what was handed in first coming first.

        An answer to a question that was made void is for nobody to mark.
        """
        ended = Attempt.Status.MARKING, Attempt.Status.GRADED
        handed_in = self.filter(attempt__status__in=ended)
        asked = handed_in.exclude(scores__run__way=RegradeRun.Way.VOID)
        by_key = asked.exclude(scores__kind=ResponseScore.Kind.AUTO)
        return by_key.order_by("attempt__ended_at", "pk")

    def unmarked(self):
        return self.filter(scores__isnull=True)

    def for_second_mark(self):
        """Of the sample, marked once: what another marker is to mark, too."""
        first = ResponseScore.objects.filter(
            response=models.OuterRef("pk"), kind=ResponseScore.Kind.MANUAL
        )
        waiting = self.by_hand().filter(is_in_sample=True, second_mark=None)
        return waiting.filter(models.Exists(first))

    def to_settle(self):
        """Marked twice, too far apart, and nobody has said yet what counts."""
        settled = ResponseScore.objects.filter(
            response=models.OuterRef("pk"), kind=ResponseScore.Kind.MODERATION
        )
        apart = self.by_hand().filter(second_mark__is_apart=True)
        return apart.exclude(models.Exists(settled))

    def not_written_by(self, user):
        return self.exclude(attempt__enrolment__person__user=user)

    def not_marked_by(self, user):
        marks = ResponseScore.objects.filter(response=models.OuterRef("pk"), by=user)
        return self.exclude(models.Exists(marks))

    def free_for(self, user, now):
        """What no other marker holds at this time."""
        ended = models.Q(claim=None) | models.Q(claim__ends_at__lte=now)
        return self.filter(ended | models.Q(claim__by=user))


class Response(models.Model):
    """The answer to one dealt question.

    `order` is the option ids as this participant sees them. `answer` is as its kind
    keeps it, such as {"chosen": [option ids]}; None while unanswered.
    `is_in_sample` says at the start that two people mark it. `tries` is how often an
    answer was checked, `checked_score` what the present one is worth if it was.
    """

    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, related_name="responses"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    question_key = models.UUIDField(_("question"))
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="responses"
    )
    order = models.JSONField(default=list)
    marks = models.DecimalField(_("marks"), max_digits=6, decimal_places=2)
    answer = models.JSONField(_("answer"), null=True)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved at"), null=True)
    is_in_sample = models.BooleanField(_("marked twice"), default=False)
    is_flagged = models.BooleanField(_("to look at again"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    checked_score = models.DecimalField(
        _("score when checked"), max_digits=6, decimal_places=2, null=True
    )
    is_locked = models.BooleanField(_("final"), default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["attempt", "place"]
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "place"], name="one_response_per_place"
            ),
            models.UniqueConstraint(
                fields=["attempt", "question_key"],
                name="no_question_twice_in_an_attempt",
            ),
        ]

    def __str__(self):
        return f"{self.attempt_id} {self.place}"

    @property
    def is_checked(self) -> bool:
        """Is the present answer the one that was checked last?"""
        return self.checked_score is not None

    @property
    def wrong_tries(self) -> int:
        """The tries before the answer that counts."""
        return self.tries - 1 if self.is_checked else self.tries

    @property
    def awaits_second_mark(self) -> bool:
        """From what is prefetched: of the sample, marked by one person so far."""
        if not self.is_in_sample or hasattr(self, "second_mark"):
            return False
        return any(one.kind == ResponseScore.Kind.MANUAL for one in self.scores.all())


class ResponseScore(models.Model):
    """What a response earned; appended, the newest counts.

    `levels` is {criterion id: place of the level reached}, empty without criteria.
    """

    class Kind(models.TextChoices):
        AUTO = "auto", _("By the key")
        MANUAL = "manual", _("By a marker")
        REGRADE = "regrade", _("Regrade")
        MODERATION = "moderation", _("Moderation")

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="scores"
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.AUTO)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    out_of = models.DecimalField(_("out of"), max_digits=6, decimal_places=2)
    levels = models.JSONField(_("levels"), default=dict)
    comment = models.TextField(_("comment"), blank=True)
    run = models.ForeignKey(
        RegradeRun, null=True, on_delete=models.PROTECT, related_name="scores"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["response", "created_at", "pk"]
        verbose_name = _("score of a response")
        verbose_name_plural = _("scores of responses")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=models.F("out_of")),
                name="response_score_within_its_marks",
            )
        ]

    def __str__(self):
        return f"{self.response_id} {self.score}/{self.out_of}"
