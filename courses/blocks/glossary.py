"""Words of the field, explained where they are used."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from courses.languages import in_order


class GlossaryBlock(ListBlock):
    def __init__(self, **kwargs):
        terms = SnippetChooserBlock("courses.GlossaryTerm", label=_("Term"))
        super().__init__(terms, **kwargs)

    def get_context(self, value, parent_context=None):
        """The terms in the reader's language where there are such."""
        context = super().get_context(value, parent_context=parent_context)
        context["terms"] = _in_language([term for term in value if term])
        return context

    class Meta:
        icon = "snippet"
        label = _("Words explained")
        description = _("Terms of the glossary; a tap shows what each means.")
        template = "courses/blocks/glossary.html"
        preview_template = "courses/blocks/previews/glossary.html"


def _in_language(terms: list) -> list:
    if not terms:
        return []
    keys = [term.translation_key for term in terms]
    twins = type(terms[0]).objects.filter(translation_key__in=keys)
    chosen: dict = {}
    for twin in in_order(twins.select_related("locale"), get_language() or ""):
        chosen.setdefault(twin.translation_key, twin)
    return [chosen[key] for key in dict.fromkeys(keys)]
