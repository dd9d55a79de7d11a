from django.db import models
from django.utils.translation import gettext_lazy as _

from .person import Person


class Message(models.Model):
    """One letter to one person. Its key makes sure that it is sent once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Not needed any more")

    key = models.CharField(_("key"), max_length=160, unique=True)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="messages"
    )
    to = models.EmailField(_("to"))
    template = models.CharField(_("template"), max_length=60)
    locale = models.CharField(_("language"), max_length=10)
    context = models.JSONField(_("context"), default=dict)
    state = models.CharField(
        _("state"), max_length=20, choices=State, default=State.QUEUED
    )
    due_at = models.DateTimeField(_("due at"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        ordering = ["-due_at"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="sent_message_has_a_time",
            )
        ]

    def __str__(self):
        return self.key
