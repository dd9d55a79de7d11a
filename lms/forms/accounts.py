from wagtail.users.forms import UserEditForm

from lms.last_administrator import LastAdministrator, check_one_stays
from lms.roles import ADMINISTRATORS


class AccountForm(UserEditForm):
    """Says beside the field that the last administrator stays one (EN-16)."""

    def clean(self):
        answers = super().clean()
        culprit = self._what_demotes()
        if culprit:
            try:
                check_one_stays([self.instance.pk])
            except LastAdministrator as refusal:
                self.add_error(culprit, str(refusal))
        return answers

    def _what_demotes(self) -> str:
        """The field by which this account stops being an administrator, if one does."""
        answers = self.cleaned_data
        if not answers.get("is_active", self.instance.is_active):
            return "is_active"
        if answers.get("is_superuser", self.instance.is_superuser):
            return ""
        if self.instance.is_superuser:
            return "is_superuser"
        groups = answers.get("groups", ())
        is_in = any(group.name == ADMINISTRATORS for group in groups)
        return "" if is_in else "groups"
