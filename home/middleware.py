"""What stands before the Wagtail admin."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _


class StaffDoor:
    """Only one way into the admin: our sign-in, with a second step where it is wanted.

    Wagtail's own sign-in form knows neither the second step nor the limit of tries.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        home = reverse("wagtailadmin_home")
        if not request.path.startswith(home):
            return self.get_response(request)
        if request.path == reverse("wagtailadmin_login"):
            query = urlencode({"next": request.GET.get("next", home)})
            return redirect(f"{reverse('account_login')}?{query}")
        if request.user.is_authenticated and not may_enter(request.user):
            # Sent to sign in again they would be sent back here, and so on.
            raise PermissionDenied
        if self._lacks_second_step(request.user):
            messages.info(
                request, _("Staff sign in with a second step. Set it up to go on.")
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _lacks_second_step(self, user) -> bool:
        if not settings.USTOD_STAFF_MFA or not user.is_authenticated:
            return False
        return not is_mfa_enabled(user)


def may_enter(user) -> bool:
    return user.has_perm("wagtailadmin.access_admin")


class PlainAddress:
    """An address with a NUL in it is nobody's: PostgreSQL refuses to look it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404
        return self.get_response(request)
