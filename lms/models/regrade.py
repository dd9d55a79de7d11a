from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import QuestionVersion

from .enrolment import Enrolment


class RegradeRun(models.Model):
    """One correction of a key over many attempts. `version` is what it marked by.

    `figures` is {"attempts", "up", "down", "passed", "failed", "by_hand"}: how many of
    each, as the dry run said and the run did.
    """

    class Way(models.TextChoices):
        NEWEST = "newest", _("Mark again by the newest version")
        VOID = "void", _("Make the question void: it counts for nobody")
        FULL = "full", _("Give everybody full marks")

    question_key = models.UUIDField(_("question"))
    version = models.ForeignKey(
        QuestionVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    way = models.CharField(_("what is done"), max_length=20, choices=Way)
    is_never_lower = models.BooleanField(_("nobody gets less"), default=False)
    remarks_manual = models.BooleanField(_("marks given by hand, too"), default=False)
    figures = models.JSONField(default=dict)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("done at"))

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("regrade run")
        verbose_name_plural = _("regrade runs")

    def __str__(self):
        return f"{self.question_key} {self.created_at:%Y-%m-%d}"


class LostPassQuerySet(models.QuerySet):
    def open(self):
        return self.filter(settled_at=None)


class LostPass(models.Model):
    """A quiz that was passed and, since a regrade, is not: nothing was taken away.

    It waits on the coordinator's list until somebody has settled what follows (QZ-39).
    """

    run = models.ForeignKey(
        RegradeRun, on_delete=models.PROTECT, related_name="lost_passes"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="lost_passes"
    )
    quiz_key = models.UUIDField(_("quiz"))
    created_at = models.DateTimeField(_("found at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("what was decided"), blank=True)

    objects = LostPassQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("lost pass")
        verbose_name_plural = _("lost passes")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz_key"],
                condition=models.Q(settled_at=None),
                name="one_open_lost_pass_per_enrolment_and_quiz",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_lost_pass_says_by_whom",
            ),
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.quiz_key}"
