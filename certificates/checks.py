"""What must be right on the machine before a certificate can be drawn."""

import re
import zoneinfo
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register

from certificates import libraries
from certificates.paper.glyphs import ARABIC, LETTERS
from certificates.paper.labels import LABELS
from certificates.seal import key_files, key_tokens, keys
from lms.printing import FONTS

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
    if not _is_address(settings.USTOD_VERIFY_BASE_URL):
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
    if unknown := set(settings.USTOD_CERTIFICATE_LANGUAGES) - set(LABELS):
        found.append(
            Error(
                f"USTOD_CERTIFICATE_LANGUAGES names languages that certificates do not "
                f"speak: {sorted(unknown)}.",
                hint=f"Write some of them, such as {','.join(LABELS)}.",
                id="certificates.E007",
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
    return found + _wrong_sealing()


def _wrong_sealing() -> list[Error]:
    """What would be found out only when the first certificate is sealed, or never."""
    found = []
    if settings.USTOD_TIMESTAMP_URL and not _is_address(settings.USTOD_TIMESTAMP_URL):
        found.append(
            Error(
                "USTOD_TIMESTAMP_URL is no web address.",
                hint="Write one such as http://tsa.example.org, or leave it empty.",
                id="certificates.E008",
            )
        )
    if settings.USTOD_ISSUER_DID not in ("web", "key"):
        found.append(
            Error(
                "USTOD_ISSUER_DID names no way of saying who issues Open Badges.",
                hint="Write one such as web; the other one is key.",
                id="certificates.E009",
            )
        )
    return found


def _is_address(text: str) -> bool:
    address = urlsplit(text)
    return address.scheme in ("http", "https") and bool(address.netloc)


@register
def keys_are_there(**kwargs):
    """Without both keys nothing is issued; one for development must not be trusted.

    A device is not opened here: whoever asks may still become several processes.
    """
    readers = {
        "USTOD_SEAL_KEY": keys.seal_key,
        "USTOD_CREDENTIAL_KEY": keys.credential_key,
    }
    found = []
    for setting, read in readers.items():
        try:
            if keys.is_on_a_token(getattr(settings, setting)):
                key_tokens.setup(getattr(settings, setting))
            else:
                read()
        except keys.KeyMissing as reason:
            found.append(_key(setting, reason.why, str(reason)))
        except key_files.Unreadable as reason:
            found.append(_key(setting, reason.why, "pyHanko's setup cannot be read."))
    return [one for one in found if one]


def _key(setting: str, why: str, sentence: str):
    # ./run and ./test make their own.
    if why == "file" and settings.USTOD_DEVELOPMENT_KEYS:
        return None
    is_empty = why == "empty"
    kind = Warning if is_empty else Error
    return kind(
        f"{setting}: {sentence}",
        hint="manage.py make_signing_keys makes keys; docs/seal.md tells how.",
        id="certificates.W002" if is_empty else "certificates.E006",
    )
