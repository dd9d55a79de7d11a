from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionCategory(models.Model):
    """A shelf of the question bank, named by a path such as foundations/definition."""

    path = models.CharField(_("path"), max_length=160, unique=True)

    class Meta:
        ordering = ["path"]
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")

    def __str__(self):
        return self.path
