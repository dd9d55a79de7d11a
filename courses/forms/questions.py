"""A question's hard rules, asked when it is published, each beside its field."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.actions.questions import changes_what_is_right


class QuestionForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        """A small fix is one edit, so each is asked anew."""
        super().__init__(*args, **kwargs)
        self.initial["is_small_fix"] = False

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        for field, message in self.instance.gaps().items():
            self.add_error(field, message)
        if self.instance.has_other_choices_than_its_original():
            fields = self.instance.its_kind.fields
            self.add_error(
                "choices" if "choices" in fields else "parts",
                _(
                    "These are not the choices of the original language. Copy the"
                    " original again and put its choices into your words."
                ),
            )
        if self.instance.is_small_fix and changes_what_is_right(self.instance):
            self.add_error(
                "is_small_fix",
                _(
                    "Other answers are right now, or there are other choices: this"
                    " changes the meaning."
                ),
            )
