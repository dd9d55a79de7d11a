"""Ways to choose that need a picture."""

from django import forms
from django.template.loader import render_to_string
from django.templatetags.static import static


class Themes(forms.RadioSelect):
    """Each theme with a small picture of its page."""

    template_name = "certificates/admin/themes.html"
    use_fieldset = True

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"picture": static(f"img/themes/{value}.svg")}

    def _render(self, template_name, context, renderer=None):
        """From our own templates, where Django's renderer of forms does not look."""
        return render_to_string(template_name, context)
