"""Somebody else's Wagtail site with our apps in it, and without `home`."""

from lms.settings.test import *  # noqa: F403
from lms.settings.test import INSTALLED_APPS, MIDDLEWARE, TEMPLATES

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "home"]
AUTH_USER_MODEL = "auth.User"
ACCOUNT_ADAPTER = "allauth.account.adapter.DefaultAccountAdapter"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("home.")]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [
    name
    for name in TEMPLATES[0]["OPTIONS"]["context_processors"]
    if not name.startswith("home.")
]
ROOT_URLCONF = "tests.urls_of_another_site"
WAGTAIL_SITE_NAME = "Another site"
