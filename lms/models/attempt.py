from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import QuestionVersion
from lms.sitting import is_over

from .enrolment import Enrolment
from .paper import PaperVariant
from .regrade import RegradeRun
from .room import Sitting


class Attempt(models.Model):
    """One go at a quiz. Its questions, order and rules are fixed at the start.

    One sat on `paper` was typed in by somebody else than its participant (QZ-53).
    `rules` is {"pass_percent": decimal as text, "grading", "attempts_allowed",
    "cooldown_minutes", "minutes", "grace_minutes", "ends_by": the end of the ticket
    it began with, ISO or None, "quiz_revision",
    "tries", "try_penalty": percent of what is earned,
    "is_marked_by_name", "second_mark_tolerance": percent of an answer's marks}.
    """

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        SUBMITTED = "submitted", _("Handed in")
        MARKING = "marking", _("Awaiting marking")
        GRADED = "graded", pgettext_lazy("attempt", "Marked")
        ABANDONED = "abandoned", _("Abandoned")
        WITHDRAWN = "withdrawn", pgettext_lazy("attempt", "Withdrawn")

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz_key = models.UUIDField(_("quiz"))
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.RUNNING
    )
    rules = models.JSONField(_("rules"))
    language = models.CharField(_("language"), max_length=10)
    started_at = models.DateTimeField(_("started at"))
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    score = models.DecimalField(
        _("score"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    out_of = models.DecimalField(_("out of"), max_digits=8, decimal_places=2)
    paper = models.ForeignKey(
        PaperVariant,
        verbose_name=_("variant on paper"),
        null=True,
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    sitting = models.ForeignKey(
        Sitting,
        verbose_name=_("sitting"),
        null=True,
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("typed in by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        ordering = ["enrolment", "quiz_key", "number"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["quiz_key", "enrolment"],
                condition=models.Q(status="running"),
                name="one_running_attempt_per_quiz_and_enrolment",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz_key", "number"],
                name="one_attempt_per_number",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "paper"],
                condition=models.Q(paper__isnull=False) & ~models.Q(status="withdrawn"),
                name="one_attempt_per_paper_variant",
            ),
            models.CheckConstraint(
                condition=models.Q(paper__isnull=True)
                | models.Q(entered_by__isnull=False),
                name="somebody_typed_in_what_was_on_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(status="running") | models.Q(ended_at__isnull=False),
                name="ended_attempt_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True)
                | models.Q(score__gte=0, score__lte=models.F("out_of")),
                name="score_within_what_was_to_earn",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.quiz_key} {self.number}"

    @property
    def is_running(self) -> bool:
        return self.status == self.Status.RUNNING

    @property
    def tries_allowed(self) -> int:
        """How often each answer can be checked before handing in."""
        return self.rules.get("tries", 0)

    @property
    def ends_by(self) -> datetime | None:
        """The end of the ticket it began with; no other rule moves it (QZ-54)."""
        end = self.rules.get("ends_by")
        return datetime.fromisoformat(end) if end else None

    @property
    def is_used_up(self) -> bool:
        """Does it count against those allowed? One whose place ended does not."""
        return self.status != self.Status.WITHDRAWN

    @property
    def is_awaiting(self) -> bool:
        """Handed in, and what it came to is not known yet."""
        return self.status in (self.Status.SUBMITTED, self.Status.MARKING)

    @property
    def hand_in_until(self) -> datetime | None:
        """Until when it may still be handed in; None: by itself at its deadline."""
        grace = self.rules.get("grace_minutes")
        if not grace or self.deadline_at is None:
            return None
        return self.deadline_at + timedelta(minutes=grace)

    def is_overdue(self, now: datetime) -> bool:
        """Its time is up and it is not handed in."""
        return self.is_running and is_over(self.deadline_at, now)

    def has_run_out(self, now: datetime) -> bool:
        """Overdue, and its participant cannot hand it in any more (QZ-14)."""
        until = self.hand_in_until
        return self.is_overdue(now) and (until is None or now > until)

    def was_not_handed_in(self, now: datetime) -> bool:
        """Nor will it be by itself: abandoned, or overdue where that comes next."""
        is_late = bool(self.hand_in_until) and self.is_overdue(now)
        return is_late or self.status == self.Status.ABANDONED

    @property
    def has_passed(self) -> bool | None:
        """Exact decimals decide; None while the score is open."""
        if self.score is None:
            return None
        return self.score * 100 >= self.out_of * Decimal(self.rules["pass_percent"])


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
