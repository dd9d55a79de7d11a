"""What the log says about each verb: action, label, message."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS = [
    ("certificates.issue", _("Issue"), _("Issued the certificate")),
    ("certificates.replace", _("Replace"), _("Issued it in place of an older one")),
    ("certificates.renew", _("Renew"), _("Issued it as the renewal of an older one")),
    ("certificates.revoke", _("Revoke"), _("Revoked the certificate")),
    (
        "certificates.withdraw",
        pgettext_lazy("certificate", "Withdraw"),
        _("Withdrew it as its holder wished"),
    ),
    ("certificates.reinstate", _("Make valid again"), _("Made it valid again")),
    ("certificates.start_run", _("Issue to many"), _("Began a run of certificates")),
    ("certificates.pause_run", _("Pause a run"), _("Paused a run of certificates")),
    ("certificates.resume_run", _("Go on"), _("Went on with a run of certificates")),
    ("certificates.stop_run", _("Stop a run"), _("Stopped a run of certificates")),
    ("certificates.share", _("Share"), _("Made a link that shows it")),
    ("certificates.stop_sharing", _("Stop sharing"), _("Switched the link off")),
    ("certificates.send_copy", _("Send a copy"), _("Sent a copy to somebody else")),
    ("certificates.make_copy", _("Copy"), _("Drew it in another language")),
    ("certificates.save_rule", _("Save a rule"), _("Saved a rule of certificates")),
    ("certificates.propose", _("Propose"), _("Proposed a list to the committee")),
    ("certificates.change_list", _("Change"), _("Changed a list for the committee")),
    ("certificates.agree", _("Agree"), _("Agreed to a list")),
    ("certificates.disagree", _("Disagree"), _("Disagreed with a list")),
    ("certificates.try_again", _("Try again"), _("Had it tried again")),
    ("certificates.issue_list", _("Issue"), _("Issued what a committee approved")),
    ("certificates.let_stand", _("Let it stand"), _("Looked at it again: it stays")),
    ("certificates.draft", _("Save a draft"), _("Saved a draft of the template")),
    ("certificates.publish", _("Publish"), _("Published a version of the template")),
    ("certificates.duplicate", _("Duplicate"), _("Made it like another template")),
    ("certificates.take_in", _("Import"), _("Took a template in from a file")),
    ("certificates.add_signatory", _("Add"), _("Added a signatory")),
    ("certificates.change_signatory", _("Change"), _("Changed a signatory")),
    ("certificates.note_key", _("Use a key"), _("Used this key for the first time")),
    ("certificates.retire_key", _("Retire"), _("Retired the key")),
    ("certificates.distrust_key", _("Distrust"), _("Trusts this key no longer")),
]


def register(actions) -> None:
    """Tell Wagtail's log the words."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
