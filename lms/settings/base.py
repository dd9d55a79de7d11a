"""Settings every installation shares. docs/settings.md lists what may be changed."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR, OneOf, Range, database, env, is_address, is_zone

VAR_DIR = Path(env.str("USTOD_VAR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "certificates",
    "lms",
    "courses",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "home.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "home.middleware.PlainAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lms.viewing_as.ViewingAs",
    "lms.exam_session.ExamSession",
    "lms.offline_keys.TakeRosterKeys",
    "home.middleware.StaffDoor",
    "csp.middleware.CSPMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
ASGI_APPLICATION = "lms.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": database(f"sqlite:///{VAR_DIR / 'ustod.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "home.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "home.account_forms.LoginForm",
    "signup": "home.account_forms.SignupForm",
    "add_email": "home.account_forms.AddEmailForm",
    "change_password": "home.account_forms.ChangePasswordForm",
    "set_password": "home.account_forms.SetPasswordForm",
    "reset_password": "home.account_forms.ResetPasswordForm",
    "reset_password_from_key": "home.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "home.account_forms.ReauthenticateForm",
}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_TOTP_ISSUER = "Ustod"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "home.passkeys.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "home.passkey_forms.AddPasskeyForm",
    "authenticate_webauthn": "home.passkey_forms.AuthenticatePasskeyForm",
    "edit_webauthn": "home.passkey_forms.RenamePasskeyForm",
    "login_webauthn": "home.passkey_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "home.passkey_forms.ReauthenticatePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# A found phone opens nothing, finger, face or code is asked: a passkey is two steps.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A whole room signs in from one address, and each of them asks twice.
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

# Redis where several machines or workers share the load; files on one machine.
_redis = env.str("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis,
    }
    if _redis
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "TIMEOUT": 86400,
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian")), ("tg", _("Tajik"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Wagtail's own screens have no Tajik catalogue: a Tajik admin would mix two languages.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("ru", "Русский")]
WAGTAIL_I18N_ENABLED = True
# The second folder fills what other packages leave untranslated.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "third_party"]
FORMAT_MODULE_PATH = ["home.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", "Asia/Dushanbe", validate=is_zone)

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Certificates, rosters and exports: never under an address, only through a view.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_PERMISSIONS = 0o640

WAGTAIL_SITE_NAME = "Ustod"
WAGTAILADMIN_BASE_URL = env.str(
    "BASE_URL", "http://localhost:8000", validate=is_address
)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_LOGIN_URL = "account_login"
# allauth does these, with a limit of tries and a second step.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
# The largest photos of phones; each pixel of a picture takes four bytes of memory.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 0

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25, validate=Range(1, 65535))
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Ustod <training@localhost>")

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "home.errors.form_too_old"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin writes inline styles and scripts of its own.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
    },
}

# Ours. Each has a check with a hint; docs/settings.md explains them.
USTOD_ISSUER_ZONE = env.str("USTOD_ISSUER_ZONE", TIME_ZONE, validate=is_zone)
USTOD_VERIFY_BASE_URL = env.str(
    "USTOD_VERIFY_BASE_URL", WAGTAILADMIN_BASE_URL, validate=is_address
)
# did:web, the host of that address, or did:key, which needs no host.
USTOD_ISSUER_DID = env.str("USTOD_ISSUER_DID", "web", validate=OneOf(["web", "key"]))
USTOD_CERTIFICATE_PREFIX = env.str("USTOD_CERTIFICATE_PREFIX", "UST")
USTOD_CERTIFICATE_LANGUAGES = env.list(
    "USTOD_CERTIFICATE_LANGUAGES", ["en", "ru", "tg", "uz", "ky", "kk", "fa"]
)
# Paths or PEM; the seal's may be pkcs11:FILE#SETUP.
USTOD_SEAL_KEY = env.str("USTOD_SEAL_KEY", "")
USTOD_CREDENTIAL_KEY = env.str("USTOD_CREDENTIAL_KEY", "")
# Only ./run and the tests sign with keys that are marked as not for real certificates.
USTOD_DEVELOPMENT_KEYS = False
USTOD_TIMESTAMP_URL = env.str("USTOD_TIMESTAMP_URL", "")
# Turns at a run of certificates that may be queued side by side.
USTOD_ISSUE_TASKS = env.int("USTOD_ISSUE_TASKS", 2, validate=Range(1, 32))
USTOD_SMS_STAND_IN = env.str("USTOD_SMS_STAND_IN", "")
USTOD_STAFF_MFA = env.bool("USTOD_STAFF_MFA", True)
