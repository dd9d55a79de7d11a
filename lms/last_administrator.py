"""Somebody can always let others in: the last administrator stays one (EN-16)."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from .roles import ADMINISTRATORS


class LastAdministrator(PermissionDenied):
    """Without this account nobody could do everything any more."""

    def __init__(self):
        super().__init__(
            _(
                "This is the last administrator. "
                "Make somebody else an administrator first."
            )
        )


def administrators() -> QuerySet:
    """The accounts that may do everything."""
    is_one = Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS)
    return get_user_model().objects.filter(is_one, is_active=True).distinct()


def check_one_stays(leaving: Iterable[int]) -> None:
    """Raises LastAdministrator where these were the last; fine where none was one."""
    leaving = set(leaving)
    everybody = set(administrators().values_list("pk", flat=True))
    if everybody and everybody <= leaving:
        raise LastAdministrator


def keeps_right(user) -> bool:
    """Would this account, saved as it is now, be an administrator?"""
    return user.is_active and (
        user.is_superuser or user.groups.filter(name=ADMINISTRATORS).exists()
    )
