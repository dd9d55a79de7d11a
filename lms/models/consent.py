from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .person import Person


class ConsentTextQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def current(self) -> "ConsentText | None":
        """The newest published version: what people are asked about today."""
        return self.published().order_by("-version").first()

    def waiting_for(self, user) -> "ConsentText | None":
        """The current one, unless this participant has said yes to it, ever.

        Who has withdrawn has answered, and is not asked again before a new version.
        """
        people = Person.objects.current().filter(user=user)
        answers = Consent.objects.filter(text=models.OuterRef("pk"), person__user=user)
        text = self.annotate(
            is_asked=models.Exists(people), is_answered=models.Exists(answers)
        ).current()
        return text if text and text.is_asked and not text.is_answered else None


class ConsentText(models.Model):
    """What people agree to, in each language. Once published it is never changed.

    Versions count on, and a new one begins only when the last one is published: the
    number being unique, there is one draft at most.
    """

    version = models.PositiveIntegerField(_("version"), unique=True)
    # {"en": "We keep ..."}
    texts = models.JSONField(_("texts"), default=dict)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")

    def __str__(self):
        return str(_("Version %(number)s") % {"number": self.version})

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    def language_for(self, language: str | None = None) -> str:
        """The language wanted, or English, or any in which there are words."""
        wanted = (language or get_language(), "en", *self.texts)
        return next(code for code in wanted if self.texts.get(code))

    @property
    def words(self) -> str:
        """In the reader's language, or the nearest there is."""
        return self.texts[self.language_for()]


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One person's yes to one version, in the language in which it was read.

    Withdrawing ends it; the row stays to show that it was given and until when.
    """

    class How(models.TextChoices):
        ONLINE = "online", pgettext_lazy("consent", "On this site")
        PAPER = "paper", pgettext_lazy("consent", "On paper")

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="consents",
    )
    text = models.ForeignKey(
        ConsentText,
        verbose_name=_("consent text"),
        on_delete=models.PROTECT,
        related_name="consents",
    )
    language = models.CharField(_("language"), max_length=10)
    how = models.CharField(
        pgettext_lazy("consent", "how"),
        max_length=20,
        choices=How,
        default=How.ONLINE,
    )
    given_at = models.DateTimeField(pgettext_lazy("consent", "given at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("entered by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(
        pgettext_lazy("consent", "withdrawn at"), null=True
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_in_force_per_person_and_text",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
            models.CheckConstraint(
                condition=models.Q(how="online") | models.Q(by__isnull=False),
                name="consent_on_paper_says_who_entered_it",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.text_id}"
