import zoneinfo

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courses.models import Audience
from lms import alphabet


class Region(models.TextChoices):
    """The regions of the programme's reports."""

    DUSHANBE = "dushanbe", _("Dushanbe")
    SUGHD = "sughd", _("Sughd")
    KHATLON = "khatlon", _("Khatlon")
    DRS = "drs", _("Districts of Republican Subordination")
    GBAO = "gbao", _("Gorno-Badakhshan")
    ABROAD = "abroad", _("Abroad")


class Sex(models.TextChoices):
    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")


class Organisation(models.Model):
    """Who sends participants; its sector is the audience its people belong to."""

    name = models.CharField(_("name"), max_length=255, unique=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Audience, blank=True)
    country = models.CharField(_("country"), max_length=2, default="TJ")
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


class PersonQuerySet(models.QuerySet):
    def current(self):
        """Neither merged into another row nor anonymised."""
        return self.filter(merged_into=None, anonymised_at=None)

    def with_email(self, email: str):
        return self.current().filter(email__iexact=email.strip())

    def matching(self, text: str):
        """Whom every word of this may mean, in any script: name, e-mail or phone.

        No words, everybody; words without a letter or digit, nobody.
        """
        if not text.strip():
            return self
        words = alphabet.fold(text).split()
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(search_key__contains=word)
        return found


class SearchKeyField(models.TextField):
    """What `matching` searches, folded anew whenever the row is written.

    `lms.search_keys.fold_people` writes it where rows were not saved one by one.
    """

    def deconstruct(self):
        """A plain text to the database, so that migrations need none of this."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, model_instance, add):
        key = model_instance.folded()
        setattr(model_instance, self.attname, key)
        return key


class Person(models.Model):
    """A human being; the account is optional: people on a list have none."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
    )
    legal_name = models.CharField(_("name as on the certificate"), max_length=160)
    latin_name = models.CharField(
        _("name in Latin letters"), max_length=160, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    locale = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="tg"
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        help_text=_("Empty: the clock of the place where the course is held."),
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, blank=True
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    position = models.CharField(_("position"), max_length=160, blank=True)
    region = models.CharField(_("region"), max_length=20, choices=Region, blank=True)
    search_key = SearchKeyField(editable=False, default="")
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["legal_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~models.Q(email="") & models.Q(merged_into=None),
                name="one_person_per_email",
                violation_error_message=_(
                    "Somebody with this e-mail is known already."
                ),
            ),
        ]

    def __str__(self):
        return self.legal_name

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The clock the person lives by; None where they did not say (ATT-43)."""
        known = self.timezone in zoneinfo.available_timezones()
        return zoneinfo.ZoneInfo(self.timezone) if known else None

    def folded(self) -> str:
        """The key of everything this person is looked for by."""
        digits = "".join(filter(str.isdigit, self.phone))
        return alphabet.fold_all(self.legal_name, self.latin_name, self.email, digits)
