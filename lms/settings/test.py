"""What ./test uses: quick hashes, mail in memory, tasks at once, cache per process."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")

from .base import *
from .base import DATABASES, STORAGES, VAR_DIR
from .environment import finish

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if os.environ.get("REDIS_URL"):
    # A database for each parallel process: every test begins by emptying its cache.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{os.environ['REDIS_URL']}/{worker}"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WAGTAILADMIN_BASE_URL = USTOD_VERIFY_BASE_URL = "http://testserver"
USTOD_SEAL_KEY = str(VAR_DIR / "test-keys" / "seal.pem")
USTOD_CREDENTIAL_KEY = str(VAR_DIR / "test-keys" / "credential.pem")
USTOD_DEVELOPMENT_KEYS = True
USTOD_STAFF_MFA = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the races need connections that really wait for each other.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

finish()
