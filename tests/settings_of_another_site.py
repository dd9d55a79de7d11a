"""Somebody else's Wagtail site with our apps in it, and without `home`.

First what `wagtail start` writes, then docs/installing.md and nothing else: what that
page forgets to name is missing here, too.
"""

from pathlib import Path

from lms.settings import test as ours

BASE_DIR = Path(__file__).resolve().parents[1]
SECRET_KEY = "of a test"
DATABASES = ours.DATABASES
INSTALLED_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "tests.urls_of_another_site"
LANGUAGE_CODE = "en"
USE_TZ = True
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME = "Another site"
WAGTAILADMIN_BASE_URL = "http://example.com"

# Step 2.
INSTALLED_APPS = [
    "certificates",
    "lms",
    "courses",
    "wagtail_localize",
    "wagtail_localize.locales",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    *INSTALLED_APPS,
]
# Step 3.
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
STATICFILES_DIRS = [BASE_DIR / "static"]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Step 4.
WAGTAIL_I18N_ENABLED = True
LANGUAGES = ours.LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = ours.WAGTAIL_CONTENT_LANGUAGES
TASKS = ours.TASKS
STORAGES = ours.STORAGES
MIDDLEWARE += [
    "django.middleware.locale.LocaleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.viewing_as.ViewingAs",
    "lms.exam_session.ExamSession",
    "lms.offline_keys.TakeRosterKeys",
]
globals().update(
    {name: getattr(ours, name) for name in dir(ours) if name.startswith("USTOD_")}
)
