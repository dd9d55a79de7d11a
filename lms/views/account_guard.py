"""Accounts with records are closed, never deleted (PR-05)."""

from django.contrib.auth import get_user_model
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages


def has_records(user) -> bool:
    """Would deleting the account take records with it that must stay?"""
    collector = Collector(using=user._state.db, origin=user)
    try:
        collector.collect([user])
    except (ProtectedError, RestrictedError):
        return True
    return False


def refuse_deletion(request, user):
    """Wagtail asks before it deletes an account; an answer stops it."""
    if not has_records(user):
        return None
    messages.error(request, _refusal(user))
    return redirect("wagtailusers_users:edit", user.pk)


def refuse_bulk_deletion(request, action_type, objects, action):
    """The same for many at once: one with records keeps all."""
    if action_type != "delete" or get_user_model() not in action.models:
        return None
    kept = next((user for user in objects if has_records(user)), None)
    if kept is None:
        return None
    messages.error(request, _refusal(kept))
    return redirect("wagtailusers_users:index")


def _refusal(user) -> str:
    return _(
        "%(account)s has results or took steps that stay on record, and cannot be "
        "deleted. Close the account instead: untick “Active”."
    ) % {"account": user}
