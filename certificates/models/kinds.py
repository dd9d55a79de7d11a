from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a certificate is for."""

    COMPLETION = "completion", _("Completion")
    ATTENDANCE = "attendance", _("Attendance statement")
    DISTINCTION = "distinction", _("Distinction")
    TRAINER = "trainer", _("Trainer's certificate")
