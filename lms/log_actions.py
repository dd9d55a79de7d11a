"""What the log says about each verb: action, label, message."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS = [
    ("lms.enrol", _("Enrol"), _("Enrolled a participant")),
    ("lms.join", _("Join"), _("Joined the cohort")),
    ("lms.withdraw", _("Withdraw"), _("Withdrew a participant")),
    (
        "lms.reactivate",
        _("Reactivate"),
        _("Gave a withdrawn participant the place back"),
    ),
    ("lms.add_person", _("Add a person"), _("Added a person")),
    ("lms.change_person", _("Change a person"), _("Changed a person's data")),
    ("lms.claim_person", _("Claim"), _("Connected an account with a person")),
    ("lms.add_organisation", _("Add"), _("Added an organisation")),
    ("lms.change_organisation", _("Change"), _("Changed an organisation")),
    ("lms.add_donor", _("Add"), _("Added a donor")),
    ("lms.change_donor", _("Change"), _("Changed a donor")),
    ("lms.create_cohort", _("Create a cohort"), _("Created the cohort")),
    ("lms.change_cohort", _("Change a cohort"), _("Changed the cohort")),
    ("lms.add_staff", _("Add staff"), _("Gave somebody a role in the cohort")),
    ("lms.remove_staff", _("Remove staff"), _("Took somebody's role in the cohort")),
    ("lms.upload_roster", _("Upload a list"), _("Uploaded a list of people")),
    ("lms.choose_columns", _("Columns"), _("Said what the columns of a list hold")),
    ("lms.import_roster", _("Import a list"), _("Enrolled the people of a list")),
    ("lms.complete", pgettext_lazy("log", "Complete"), _("Completed the course")),
    ("lms.sign_off", pgettext_lazy("lesson", "Sign off"), _("Signed off a lesson")),
    ("lms.undo", _("Take back"), _("Took back a lesson marked as done")),
    ("lms.schedule", _("Plan"), _("Planned a session")),
    ("lms.change_session", _("Change a session"), _("Changed a session")),
    ("lms.cancel_session", _("Cancel a session"), _("Cancelled a session")),
    (
        "lms.sign_off_register",
        _("Sign off a register"),
        _("Signed off the register of a session"),
    ),
    (
        "lms.reopen_register",
        _("Reopen a register"),
        _("Opened a signed register again"),
    ),
    ("lms.start_attempt", _("Start"), _("Started an attempt")),
    ("lms.submit", _("Hand in"), _("Handed in an attempt")),
    ("lms.tampered_answer", _("Refuse"), _("Refused an answer that no page sends")),
    ("lms.pool_too_small", _("Refuse"), _("Too few questions for a draw of the quiz")),
    ("lms.retry_message", _("Try again"), _("Tried a letter again")),
    ("lms.give_up_message", _("Give up"), _("Gave up a letter")),
    ("lms.export", _("Export"), _("Took figures or a list out as a file")),
]


def register(actions) -> None:
    """Tell Wagtail's log the words."""
    for action, label, message in ACTIONS:
        actions.register_action(action, label, message)
