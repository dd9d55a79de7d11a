from django.db import models
from django.utils.translation import gettext_lazy as _


class Indicator(models.TextChoices):
    """The donors' standard indicators a course can count for."""

    PREVENTION = "PS.5.3-15", _("PS.5.3-15: prevention of human trafficking")
    IDENTIFICATION = "PS.5.1-28", _("PS.5.1-28: first responders, identifying victims")
