from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .cohort import Cohort
from .person import Person


class Message(models.Model):
    """One letter to one person. Its key makes sure that it is sent once.

    `fact` is what the letter tells: who hears of it in two roles but has one address is
    told once. `cohort` says which staff may see it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To approve")
        QUEUED = "queued", _("Queued")
        SENT = "sent", pgettext_lazy("letter", "Sent")
        FAILED = "failed", pgettext_lazy("letter", "Failed")
        DROPPED = "dropped", _("Not needed any more")

    class Dropped(models.TextChoices):
        """Why a letter was not needed any more when its time came (CM-02)."""

        COMPLETED = "completed", _("The course is complete already.")
        ENDED = "ended", _("The person has no place here any more.")
        MOVED = "moved", _("The session was changed after this was written.")
        CANCELLED = "cancelled", _("It was cancelled.")
        ANSWERED = "answered", _("It was answered or decided already.")
        CORRECTED = "corrected", _("The register was corrected.")
        TOO_LATE = "too_late", _("Its time has passed.")
        REPLACED = "replaced", _("The certificate was replaced, renewed or ended.")
        GONE = "gone", _("What it was about is no longer there.")
        TAKEN_BACK = "taken_back", _("Somebody took it back.")
        GIVEN_UP = "given_up", _("Somebody gave it up.")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PAPER = "paper", _("Letter on paper")
        SMS = "sms", _("SMS (a stand-in that sends nothing)")

    key = models.CharField(_("key"), max_length=160, unique=True)
    fact = models.CharField(_("fact"), max_length=160, blank=True, db_index=True)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    cohort = models.ForeignKey(
        Cohort,
        verbose_name=_("cohort"),
        null=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel, default=Channel.EMAIL
    )
    to = models.CharField(_("to"), max_length=254, blank=True)
    template = models.CharField(_("template"), max_length=60)
    locale = models.CharField(_("language"), max_length=10)
    context = models.JSONField(_("context"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.QUEUED
    )
    queued_at = models.DateTimeField(_("written at"), db_default=Now())
    due_at = models.DateTimeField(_("due at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("error"), blank=True)
    dropped_because = models.CharField(
        _("not needed because"), max_length=20, choices=Dropped, blank=True
    )

    class Meta:
        ordering = ["-due_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="sent_message_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dropped") | ~models.Q(dropped_because=""),
                name="dropped_message_says_why",
            ),
            models.UniqueConstraint(
                "fact",
                Lower("to"),
                condition=~models.Q(fact="") & ~models.Q(to=""),
                name="one_message_per_fact_and_address",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self):
        return self.key


class LetterText(models.Model):
    """The words an organisation chose for a kind of letter in one language."""

    kind = models.CharField(_("letter"), max_length=60)
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=160)
    body = models.TextField(_("letter"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        ordering = ["kind", "locale"]
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "locale"], name="one_text_per_letter_and_language"
            )
        ]

    def __str__(self):
        return f"{self.kind} ({self.get_locale_display()})"
