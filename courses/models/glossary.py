from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.search import index


class GlossaryTerm(TranslatableMixin, index.Indexed, models.Model):
    """A word of the field, explained on tap in a lesson."""

    slug = models.SlugField(_("slug"), max_length=80)
    term = models.CharField(_("term"), max_length=160)
    definition = models.TextField(_("definition"))

    search_fields = [
        index.SearchField("term"),
        index.AutocompleteField("term"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        ordering = ["term"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"], name="one_term_per_slug_and_language"
            )
        ]

    def __str__(self):
        return self.term
