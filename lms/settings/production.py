"""A server behind HTTPS. Nothing here has a default that would be unsafe."""

from .base import *
from .base import env
from .environment import Length, Range, finish

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", validate=Length(min=50))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", validate=Length(min=1))
# How many proxies stand before the site: throttles must not take them for the visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1, validate=Range(0, 9))
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS or []]

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Wagtail previews a page in a frame of the admin: SAMEORIGIN is needed, not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

finish()
