import uuid

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .kinds import Kind

# What the templates of a new site are called until somebody writes another title.
FIRST_TITLES = {
    Kind.COMPLETION: "Completion",
    Kind.ATTENDANCE: "Statement of attendance",
    Kind.DISTINCTION: "Distinction",
    Kind.TRAINER: "Trainer",
}
EVERY_COURSE = models.Value(uuid.UUID(int=0), output_field=models.UUIDField())


class CertificateTemplateQuerySet(models.QuerySet):
    def for_course(self, course_key, kind="completion"):
        """The course's own template of this kind, or else the one for all courses."""
        rows = self.filter(models.Q(course_key=course_key) | models.Q(course_key=None))
        rows = rows.filter(kind=kind)
        return rows.order_by(models.F("course_key").desc(nulls_last=True)).first()


class CertificateTemplate(models.Model):
    """A design of certificates, for one course or for all without one of their own."""

    title = models.CharField(_("title"), max_length=120)
    course_key = models.UUIDField(_("course"), null=True, blank=True)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.COMPLETION
    )

    objects = CertificateTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("certificate template")
        verbose_name_plural = _("certificate templates")
        constraints = [
            # No course means every course: SQLite needs a value to find that twice.
            models.UniqueConstraint(
                Coalesce("course_key", EVERY_COURSE),
                "kind",
                name="one_template_per_course_and_kind",
                violation_error_message=_("This course has a template already."),
            )
        ]

    def __str__(self):
        """What came with the site is named by its kind, in the reader's language."""
        return self.get_kind_display() if self.is_untitled else self.title

    @property
    def is_untitled(self) -> bool:
        return self.course_key is None and self.title == FIRST_TITLES.get(self.kind)

    @property
    def published(self) -> "TemplateVersion | None":
        """What is issued now."""
        return self.versions.published().order_by("-number").first()

    @property
    def newest(self) -> "TemplateVersion | None":
        """What is edited now: a draft, or the published one if there is none."""
        return self.versions.order_by("-number").first()


class PublishedForGood(Exception):
    """Somebody tried to change or delete what certificates may rest on (CE-27)."""


class TemplateVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def update(self, **fields):
        self._refuse_published()
        return super().update(**fields)

    def delete(self):
        self._refuse_published()
        return super().delete()

    def _refuse_published(self):
        if self.published().exists():
            raise PublishedForGood


class TemplateVersion(models.Model):
    """What a certificate looks like and says. Once published it is never changed.

    `content` is {"theme": str, "accent": "#rrggbb", "logos": [private file names],
    "logo_images": [keys of the pictures they were copied from], "valid_months": int
    or None, "texts": {"en": {"title", "presented", "deed", "issuer", "footer"}, ...}}.
    """

    template = models.ForeignKey(
        CertificateTemplate, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        ordering = ["template", "-number"]
        verbose_name = _("template version")
        verbose_name_plural = _("template versions")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="one_template_version_per_number"
            )
        ]

    def __str__(self):
        return f"{self.template} {self.number}"

    def save(self, *args, **kwargs):
        self._refuse_published()
        return super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self):
        """What counts is what the database says, not what this copy of it does."""
        if TemplateVersion.objects.published().filter(pk=self.pk).exists():
            raise PublishedForGood


class SignatoryQuerySet(models.QuerySet):
    def on(self, day):
        """Who may sign on this day."""
        return self.during(day, day)

    def during(self, first, last):
        """Who may sign on any of these days; without a last one, on any to come."""
        rows = self.filter(models.Q(until=None) | models.Q(until__gte=first))
        return rows.filter(since__lte=last) if last else rows


class Signatory(models.Model):
    """Somebody who signs certificates, from one day to another."""

    name = models.CharField(_("name"), max_length=120)
    titles = models.JSONField(
        _("titles"), default=dict, help_text=_('By language: {"ru": "..."}.')
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("signature"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("place"), default=1)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        ordering = ["place", "name"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="signatory_ends_after_beginning",
                violation_error_message=_("The end is before the start."),
            )
        ]

    def __str__(self):
        return self.name
