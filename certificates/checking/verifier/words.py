"""What the page of the offline verifier says, in the language that is active."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    return _page() | _good() | _bad() | _none() | _labels()


def _page() -> dict[str, str]:
    return {
        "title": _("Check a certificate without a network"),
        "lead": _(
            "Choose a certificate's PDF, or an Open Badge. It is read on this device "
            "and sent nowhere."
        ),
        "file": _("The file"),
        "choose": _("Choose a file"),
        "help": _(
            "A PDF, or a badge as JSON, PNG or SVG. A newer list of ended certificates "
            "may be dropped here, too."
        ),
        "known": _(
            "This page knows our keys and our list as they were on %(day)s. Get it "
            "anew from time to time."
        ),
    }


def _good() -> dict[str, str]:
    return {
        "intact": _("This file is genuine: it is unchanged since we made it."),
        "sealed": _("It was sealed on %(sealed)s."),
        "not_on_list": _(
            "It had not ended on %(list)s; what came later this page cannot know. "
            "Check the code on line when you can."
        ),
        "no_list": _(
            "Whether it was revoked since this page cannot know. Check the code on "
            "line when you can."
        ),
        "list": _("The list of ended certificates is ours and newer: it is used now."),
        "list_advice": _("It says what had ended on %(list)s."),
        "ended": _("The file is genuine, but the certificate has ended."),
        "ended_advice": _(
            "It was revoked, withdrawn or replaced before %(list)s. The code on line "
            "says which."
        ),
        "expired": _("This file is genuine, but the certificate expired on %(until)s."),
        "expired_advice": _("Nothing in the file was changed since we made it."),
    }


def _bad() -> dict[str, str]:
    ask = _("Do not rely on it. Ask the holder for the file as we sent it.")
    return {
        "altered": _("This file was changed after we sealed it."),
        "altered_advice": ask,
        "foreign": _("This file was not sealed by us."),
        "foreign_advice": _(
            "Somebody else signed it, whatever it says; or with a key of ours that is "
            "newer than this page."
        ),
        "compromised": _("The key that signed this file is not trusted any more."),
        "compromised_advice": _("Check the code on the paper on line."),
        "development": _("This is a trial, not a certificate."),
        "development_advice": _(
            "It was sealed with a key for development, which proves nothing."
        ),
    }


def _none() -> dict[str, str]:
    paper = _("Check the code on the paper on line.")
    return {
        "unsealed": _("This file has no seal of ours."),
        "unsealed_advice": paper,
        "no_credential": _("There is no certificate of ours in this file."),
        "no_credential_advice": paper,
        "not_ours": _("This is neither a PDF nor a badge of ours."),
        "not_ours_advice": paper,
        "encrypted": _(
            "This file is locked with a password, so that we cannot read it."
        ),
        "encrypted_advice": _("Our certificates have none."),
        "too_large": _("This file is too large to be a certificate of ours."),
        "too_large_advice": paper,
        "empty": _("There is nothing in this file."),
        "empty_advice": paper,
        "unsupported": _("This browser is too old to check a badge."),
        "unsupported_advice": _("A newer one can. The PDF can be checked in this one."),
    }


def _labels() -> dict[str, str]:
    return {
        "label_holder": _("Holder"),
        "holder_hidden": _("not in this file; the PDF names the holder"),
        "holder_erased": _("not named in this file"),
        "label_course": _("Course"),
        "label_description": _("What it says"),
        "label_result": _("Score"),
        "label_started": _("Started on"),
        "label_awarded": _("Awarded on"),
        "label_until": _("Valid until"),
        "label_issuer": _("Issued by"),
        "label_number": _("Number"),
    }
