from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from courses.fields import is_colour


@register_setting(icon="cogs")
class SiteSettings(BaseSiteSetting):
    """What an organisation sets to make the site its own."""

    organisation = models.CharField(_("organisation"), max_length=160, default="Ustod")
    brand_colour = models.CharField(
        _("brand colour"), max_length=7, default="#1F4E79", validators=[is_colour]
    )
    help_email = models.EmailField(_("e-mail for help"), blank=True)

    class Meta:
        verbose_name = _("site")
