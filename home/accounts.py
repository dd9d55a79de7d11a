"""How people get and use their accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lms.models import Person


class AccountAdapter(DefaultAccountAdapter):
    """Asks who signs in, once: a certificate needs a name."""

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if user.is_staff or Person.objects.filter(user=user).exists():
            return response
        query = urlencode({"next": response["Location"]})
        return redirect(f"{reverse('account_pages:profile')}?{query}")
