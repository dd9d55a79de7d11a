"""What is said about a file, in plain words: one sentence, and what to do about it."""

from enum import StrEnum

from django.utils.translation import gettext as _


class FileVerdict(StrEnum):
    GENUINE = "genuine"
    ENDED = "ended"
    COPY = "copy"
    BADGE = "badge"
    SEALED = "sealed"
    UNREGISTERED = "unregistered"
    DEVELOPMENT = "development"
    COMPROMISED = "compromised"
    ALTERED = "altered"
    INCOMPLETE = "incomplete"
    FOREIGN = "foreign"
    UNSEALED = "unsealed"
    NO_CERTIFICATE = "no_certificate"
    ENCRYPTED = "encrypted"
    NOT_PDF = "not_pdf"
    KEYLESS = "keyless"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


# Genuine, and nothing is known against it.
GOOD = {
    FileVerdict.GENUINE,
    FileVerdict.COPY,
    FileVerdict.BADGE,
    FileVerdict.SEALED,
}


def words_of(verdict: FileVerdict) -> tuple[str, str]:
    ask = _("Ask the holder for the file as we sent it, or check its code.")
    code = _("Type the code on the paper instead, or scan its square.")
    return (_sealed(ask, code) | _not_sealed(ask, code))[verdict]


def _sealed(ask: str, code: str) -> dict[FileVerdict, tuple[str, str]]:
    """Files that a seal of ours is on, whole or broken."""
    return {
        FileVerdict.GENUINE: (
            _("This file is genuine, and the certificate is valid."),
            _("It is, byte for byte, the file that we issued."),
        ),
        FileVerdict.COPY: (
            _("This file is a genuine copy, and the certificate is valid."),
            _("We made and sealed it from what the certificate said at issue."),
        ),
        FileVerdict.BADGE: (
            _("This badge is genuine, and the certificate is valid."),
            _("It is, word for word, what we signed."),
        ),
        FileVerdict.SEALED: (
            _("This file is genuine: it is unchanged since we sealed it."),
            _("Whether it was revoked since only the register knows."),
        ),
        FileVerdict.UNREGISTERED: (
            _("Our seal is whole, but we do not know this file."),
            _("Compare what it says with the register. If in doubt, ask us."),
        ),
        FileVerdict.DEVELOPMENT: (
            _("This is a trial, not a certificate."),
            _("It was sealed with a key for development, which proves nothing."),
        ),
        FileVerdict.ALTERED: (
            _("This file was changed after we sealed it."),
            _("Do not rely on it. %(ask)s") % {"ask": ask},
        ),
        FileVerdict.INCOMPLETE: (
            _("A part of this file is missing."),
            _("It was cut off on its way. %(ask)s") % {"ask": ask},
        ),
        FileVerdict.COMPROMISED: (
            _("The key that sealed this file is not trusted any more."),
            _("Somebody else may have used it. %(code)s") % {"code": code},
        ),
        FileVerdict.NO_CERTIFICATE: (
            _("Our seal is whole, but there is no certificate in this file."),
            code,
        ),
    }


def _not_sealed(ask: str, code: str) -> dict[FileVerdict, tuple[str, str]]:
    return {
        FileVerdict.FOREIGN: (
            _("This file was not sealed by us."),
            _("Somebody else signed it, whatever it says. %(ask)s") % {"ask": ask},
        ),
        FileVerdict.UNSEALED: (
            _("This file has no seal of ours."),
            _("It may be a scan or a print of a certificate. %(code)s")
            % {"code": code},
        ),
        FileVerdict.ENCRYPTED: (
            _("This file is locked with a password, so that we cannot read it."),
            _("Our certificates have none. %(ask)s") % {"ask": ask},
        ),
        FileVerdict.NOT_PDF: (
            _("This is neither a PDF nor a badge of ours."),
            _("A photograph or a scan proves nothing. %(code)s") % {"code": code},
        ),
        FileVerdict.KEYLESS: (
            _("This badge cannot be checked with the keys that were given."),
            _("The page of the offline verifier has those of badges, too."),
        ),
        FileVerdict.TOO_LARGE: (
            _("This file is too large to be a certificate of ours."),
            _("We read files of up to 10 MB. %(code)s") % {"code": code},
        ),
        FileVerdict.EMPTY: (
            _("No file was chosen, or there is nothing in it."),
            _("Choose the file and press the button again."),
        ),
    }
