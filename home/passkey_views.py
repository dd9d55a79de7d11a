"""Passkeys beside allauth's pages: by a slip of paper, and guarded where it counts."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordSetView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as allauth_views
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.actions import slips
from lms.actions.refusal import Refused
from lms.models import SignInSlip
from lms.views.slips import sign_in, slip_of

from . import passkeys
from .models import User
from .passkey_forms import NewPasskeyForm

# Which slip the browser was asked to make a passkey for.
SESSION_KEY = "slip_of_passkey"


class AddPasskeyView(allauth_views.AddWebAuthnView):
    """Always one that signs in alone, never a mere second step."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {"js_data": {"creation_options": options}}


class RemovePasskeyView(allauth_views.RemoveWebAuthnView):
    """Not the one without which nobody could sign in."""

    def get_context_data(self, **kwargs):
        only = passkeys.is_only_way_in(self.object, self.request.user)
        return super().get_context_data(is_only_way_in=only, **kwargs)

    def form_valid(self, form):
        try:
            passkeys.remove_passkey(self.object, by=self.request.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("The passkey is removed."))
        return HttpResponseRedirect(self.get_success_url())


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class FirstPasswordView(PasswordSetView):
    """An account that had none: a screen left open must not get one from anybody."""


@never_cache
@require_http_methods(["GET", "POST"])
def slip_passkey(request):
    """What the browser needs to make a passkey for an opened slip, and the answer."""
    if not passkeys.are_offered(request):
        return redirect("lms:slip_account")
    slip = None if request.user.is_authenticated else slip_of(request)
    if slip is None:
        return redirect("lms:enter_slip")
    if request.method == "GET":
        request.session[SESSION_KEY] = slip.pk
        options = auth.begin_registration(_to_be(slip), passwordless=True)
        return JsonResponse(options)
    return _use(request, slip)


def _to_be(slip: SignInSlip) -> User:
    """The account as it will be, so that a phone can name it. It is not made here."""
    user = User(username=slips.suggested_username(slip.person))
    user.person = slip.person
    return user


def _use(request, slip: SignInSlip):
    form = NewPasskeyForm(request.POST, user=User())
    is_asked_for = request.session.pop(SESSION_KEY, None) == slip.pk
    if not is_asked_for or not form.is_valid():
        messages.error(
            request,
            _(
                "The passkey was not made. The slip still works: try again, or choose "
                "a password."
            ),
        )
        return redirect("lms:slip_account")
    try:
        user = passkeys.use_slip(slip, credential=form.cleaned_data["credential"])
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:slip_account")
    welcome = _(
        "Your account is ready. Next time sign in with the lock of this phone. "
        "Your user name is %(name)s."
    )
    answer = sign_in(request, user, welcome=welcome % {"name": user.username})
    made = Authenticator.objects.get(user=user)
    record_authentication(
        request, user, "mfa", id=made.pk, type=made.type, passwordless=True
    )
    return answer
