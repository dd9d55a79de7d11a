from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lms.sitting import is_over

from .enrolment import Enrolment
from .paper import PaperVariant
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
