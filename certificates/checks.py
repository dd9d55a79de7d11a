"""What must be right on the machine before a certificate can be drawn."""

import re
import zoneinfo
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

from lms.printing import FONTS

from . import libraries
from .glyphs import ARABIC, LETTERS

PREFIX = re.compile(r"[A-Z0-9][A-Z0-9-]{0,11}")


@register
def libraries_are_there(**kwargs):
    """WeasyPrint needs pango; without harfbuzz-subset it takes 4.7 times as long."""
    missing = libraries.missing()
    if not missing:
        return []
    kind = Warning if missing == ["harfbuzz-subset"] else Error
    return [
        kind(
            f"System libraries for drawing certificates are missing: {missing}.",
            hint="On Debian or Ubuntu: apt-get install libpango-1.0-0 "
            "libpangoft2-1.0-0 libharfbuzz-subset0. On macOS: brew install pango.",
            id="certificates.E001" if kind is Error else "certificates.W001",
        )
    ]


@register
def fonts_are_there(**kwargs):
    missing = [file for file in LETTERS + ARABIC if not (FONTS / file).exists()]
    if not missing:
        return []
    return [
        Error(
            f"Fonts of the certificates are missing: {missing}.",
            hint="lms/fonts/README.md says where they come from.",
            id="certificates.E002",
        )
    ]


@register
def settings_are_right(**kwargs):
    found = []
    address = urlsplit(settings.USTOD_VERIFY_BASE_URL)
    if address.scheme not in ("http", "https") or not address.netloc:
        found.append(
            Error(
                "USTOD_VERIFY_BASE_URL is no web address.",
                hint="Write one such as https://certificates.example.org: it is "
                "printed on paper and must stay yours for years.",
                id="certificates.E003",
            )
        )
    if not PREFIX.fullmatch(settings.USTOD_CERTIFICATE_PREFIX):
        found.append(
            Error(
                "USTOD_CERTIFICATE_PREFIX cannot begin a certificate's number.",
                hint="Up to 12 capital Latin letters, digits and dashes, such as UST.",
                id="certificates.E004",
            )
        )
    if settings.USTOD_ISSUER_ZONE not in zoneinfo.available_timezones():
        found.append(
            Error(
                "USTOD_ISSUER_ZONE is no time zone.",
                hint="Write one such as Asia/Dushanbe.",
                id="certificates.E005",
            )
        )
    return found
