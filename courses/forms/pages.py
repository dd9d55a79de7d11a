"""Hard rules of pages, asked when somebody publishes or submits, never of a draft."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm


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
            self.formsets["slots"].is_valid()
            slots = [form for form in self.formsets["slots"].forms if _is_kept(form)]
            if not slots:
                self.add_error(None, _("Add at least one question to this quiz."))
            _refuse_twice(slots)
            for form in slots:
                _refuse_too_large_draw(form)
        return cleaned


def _is_kept(form) -> bool:
    data = getattr(form, "cleaned_data", {})
    return not data.get("DELETE") and bool(
        data.get("question") or data.get("draw_from")
    )


def _refuse_twice(slots: list) -> None:
    seen = set()
    for form in slots:
        question = form.cleaned_data.get("question")
        if question and question.pk in seen:
            form.add_error("question", _("This question is in the quiz already."))
        seen.add(question.pk if question else None)


def _refuse_too_large_draw(form) -> None:
    category = form.cleaned_data.get("draw_from")
    if category is None or not form.cleaned_data.get("draw_count"):
        return
    there = category.published_count()
    if there < form.cleaned_data["draw_count"]:
        text = ngettext(
            "This category has only %(n)s published question.",
            "This category has only %(n)s published questions.",
            there,
        )
        form.add_error("draw_count", text % {"n": there})
