"""Choosers of the bank that name what is chosen in the reader's language."""

from django.utils.functional import lazy
from django.utils.translation import gettext
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.widgets import AdminSnippetChooser


def _name(text: str, model) -> str:
    return gettext(text) % {"object": model._meta.verbose_name}


_named = lazy(_name, str)


class BankChooser(AdminSnippetChooser):
    """Wagtail's own words, which it fixes in the language the site starts in."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.choose_one_text = _named("Choose %(object)s", self.model)
        self.choose_another_text = _named("Choose another %(object)s", self.model)
        self.link_to_chosen_text = _named("Edit this %(object)s", self.model)


class BankChooserViewSet(SnippetChooserViewSet):
    base_widget_class = BankChooser
