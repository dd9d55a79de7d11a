from html import unescape

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _


class QuestionVersion(models.Model):
    """What an attempt is marked by: one published wording of a question. Never updated.

    `key` holds what marking needs, without words: {"kind", "correct", "options", and
    what its kind adds}. `bodies` holds the words by language: {"ru": {"stem",
    "options": {id: text}, "feedback", "accepted", "explanation", ...}}. Both are
    written and read by the kind alone (courses/kinds).
    """

    question_key = models.UUIDField(_("question"), db_index=True)
    number = models.PositiveIntegerField(_("number"))
    key = models.JSONField(_("key"))
    bodies = models.JSONField(_("bodies"))
    changes_meaning = models.BooleanField(
        _("changes the meaning"),
        default=True,
        help_text=_("Answers to it and to the version before are not the same thing."),
    )
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["question_key", "-number"]
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        constraints = [
            models.UniqueConstraint(
                fields=["question_key", "number"],
                name="one_question_version_per_number",
            )
        ]

    def __str__(self):
        return f"{self.question_key} {self.number}"

    def body(self, language: str) -> dict:
        """The words in this language, or in the first one there is."""
        return self.bodies.get(language) or next(iter(self.bodies.values()))

    def words(self, language: str) -> str:
        """The question in this language, without its pictures and paragraphs."""
        return unescape(strip_tags(self.body(language)["stem"]))
