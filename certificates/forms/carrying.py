"""A template's file, and for which course it is meant here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.design import template_file
from certificates.models.kinds import Kind
from lms.titles import courses_to_choose


def course_choices() -> list[tuple[str, object]]:
    return [("", _("All courses")), *courses_to_choose()]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("A template that was exported, *.certificate.zip.")
    )
    course_key = forms.ChoiceField(
        label=_("Course"),
        required=False,
        help_text=_("A file does not say for which course it is here."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course_key"].choices = course_choices()

    def clean_course_key(self):
        return self.cleaned_data["course_key"] or None

    def clean_file(self):
        """The template in it."""
        file = self.cleaned_data["file"]
        try:
            carried = template_file.unpack(file.read(template_file.MOST_BYTES + 1))
        except template_file.BadFile as error:
            raise forms.ValidationError(str(error)) from error
        if carried.kind not in Kind.values:
            raise forms.ValidationError(_("There is no such kind of certificate here."))
        return carried


class DuplicateForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    course_key = forms.ChoiceField(label=_("Course"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course_key"].choices = course_choices()

    def clean_course_key(self):
        return self.cleaned_data["course_key"] or None
