"""What ./run uses: one machine, SQLite, mail written to files."""

from django.core.management.utils import get_random_secret_key

from .base import *
from .base import VAR_DIR, env
from .environment import finish

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS: list[str] = []


def _secret_key() -> str:
    """A key of this copy's own, kept so that a restart signs nobody out."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret_key()
USTOD_SEAL_KEY = USTOD_SEAL_KEY or str(VAR_DIR / "keys" / "seal.pem")
USTOD_CREDENTIAL_KEY = USTOD_CREDENTIAL_KEY or str(VAR_DIR / "keys" / "credential.pem")
USTOD_DEVELOPMENT_KEYS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
USTOD_STAFF_MFA = env.bool("USTOD_STAFF_MFA", False)

finish()
