from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from .question_category import QuestionCategory


class QuestionUpload(models.Model):
    """Questions as they arrived, kept between their dry run and their import.

    What was pasted has no name. Once imported the content is gone; `result` keeps the
    numbers.
    """

    name = models.CharField(_("file name"), max_length=255)
    content = models.BinaryField(_("content"), blank=True)
    category = models.ForeignKey(
        QuestionCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("imported at"), null=True)
    result = models.JSONField(_("result"), default=dict)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("file of questions")
        verbose_name_plural = _("files of questions")

    def __str__(self):
        return self.name or gettext("Pasted questions")

    @property
    def language(self) -> str:
        """Of the questions that do not say theirs."""
        return self.locale.language_code
