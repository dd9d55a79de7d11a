"""Wagtail's doors to accounts, which must not shut out the last administrator."""

from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.users.views.users import UserViewSet

from lms.forms.accounts import AccountForm
from lms.last_administrator import LastAdministrator, check_one_stays

LIST = "wagtailusers_users:index"


class AccountViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return AccountForm if for_update else super().get_form_class(for_update)


def keep_account(request, user):
    """The delete page says why not, before it asks."""
    return _refused(request, [user])


def keep_accounts(request, action_type, objects, action):
    """The same for many at once; Wagtail updates them without saving one by one."""
    if action.model is not get_user_model():
        return None
    form = getattr(action, "cleaned_form", None)
    closes = action_type == "set_active_state" and not (
        form and form.cleaned_data.get("mark_as_active")
    )
    if closes or action_type == "delete":
        return _refused(request, objects)
    return None


def _refused(request, users):
    try:
        check_one_stays(user.pk for user in users)
    except LastAdministrator as refusal:
        messages.error(request, str(refusal))
        return redirect(LIST)
    return None
