"""A question's hard rules, asked when it is published, each beside its field."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class QuestionForm(WagtailAdminModelForm):
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
