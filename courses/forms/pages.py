"""Hard rules of pages, asked when somebody publishes or submits, never of a draft."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .slots import check_slots


class CourseForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.instance.has_activities():
            self.add_error(
                None,
                _(
                    "This course has nothing to study yet. Save it as a draft, publish"
                    " a lesson or a quiz in it, then publish the course."
                ),
            )
        self.formsets["prerequisites"].is_valid()
        for form in self.formsets["prerequisites"].forms:
            self._refuse_circle(form)
        return cleaned

    def _refuse_circle(self, form) -> None:
        """Two courses that require each other could be begun by nobody (CO-10)."""
        data = getattr(form, "cleaned_data", {})
        before = data.get("course")
        if before is None or data.get("DELETE"):
            return
        if before.translation_key == self.instance.translation_key:
            form.add_error("course", _("A course cannot require itself."))
        elif before.requires(self.instance):
            text = _("“%(title)s” requires this course: nobody could begin either.")
            form.add_error("course", text % {"title": before.title})


class QuizForm(WagtailAdminPageForm):
    def clean(self):
        cleaned = super().clean()
        if not self.is_deferred_validation:
            check_slots(self)
            self._check_behaviour(cleaned)
        return cleaned

    def _check_behaviour(self, cleaned) -> None:
        """What counts is not answered with the key at hand."""
        is_checked = cleaned.get("behaviour", "exam") != "exam"
        if is_checked and cleaned.get("purpose") != "practice":
            text = _("Only a practice quiz lets answers be checked meanwhile.")
            self.add_error("behaviour", text)
