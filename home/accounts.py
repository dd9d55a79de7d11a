"""How people get and use their accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lms import scoping
from lms.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Asks who signs in, once: a certificate needs a name."""

    def get_login_redirect_url(self, request):
        """To the work that waits, in the language of the page signed in on."""
        if scoping.may_anywhere(request.user, "see"):
            return reverse("lms:teach")
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return reverse("lms:my_courses")

    def get_login_stages(self):
        ours = f"{__name__}.{ConfirmEmailStage.__name__}"
        allauths = "allauth.account.stages.EmailVerificationStage"
        return [
            ours if path == allauths else path for path in super().get_login_stages()
        ]

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if user.is_staff or Person.objects.filter(user=user).exists():
            return response
        query = urlencode({"next": response["Location"]})
        return redirect(f"{reverse('account_pages:profile')}?{query}")


class ConfirmEmailStage(EmailVerificationStage):
    """An account made with a slip of paper has no address that could be confirmed."""

    def handle(self):
        user = self.login.user
        if not user.email and not user.emailaddress_set.exists():
            return None, True
        return super().handle()
