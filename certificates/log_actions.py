"""What the log says about each verb: action, label, message."""

from django.utils.translation import gettext_lazy as _

ACTIONS = [
    ("certificates.issue", _("Issue"), _("Issued the certificate")),
    ("certificates.replace", _("Replace"), _("Issued it in place of an older one")),
    ("certificates.revoke", _("Revoke"), _("Revoked the certificate")),
    ("certificates.withdraw", _("Withdraw"), _("Withdrew it as its holder wished")),
    ("certificates.reinstate", _("Make valid again"), _("Made it valid again")),
    ("certificates.draft", _("Save a draft"), _("Saved a draft of the template")),
    ("certificates.publish", _("Publish"), _("Published a version of the template")),
    ("certificates.add_signatory", _("Add"), _("Added a signatory")),
    ("certificates.change_signatory", _("Change"), _("Changed a signatory")),
]


def register(actions) -> None:
    """Tell Wagtail's log the words."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
