from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom the programme trains; the codes of the donors' tables."""

    POLICE = "police", _("Law-enforcement officers")
    PROSECUTORS = "prosecutors", _("Prosecutors")
    JUDGES = "judges", _("Judges")
    NGO = "ngo", _("NGO staff")
    CONSULATE = "consulate", _("Consulate staff")
    LAW_STUDENTS = "law_students", _("Law students")
    DIASPORA = "diaspora", _("Diaspora members")
