from django.db import models
from django.utils.translation import gettext_lazy as _


class Serial(models.Model):
    """The counter behind certificate numbers; locked to count."""

    prefix = models.CharField(_("prefix"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        ordering = ["prefix", "-year"]
        verbose_name = _("serial")
        verbose_name_plural = _("serials")
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "year"], name="one_serial_per_prefix_and_year"
            )
        ]

    def __str__(self):
        return f"{self.prefix}-{self.year}"
