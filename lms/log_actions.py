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
    ("lms.wait", _("Wait"), _("Put on the waiting list")),
    ("lms.request_place", _("Ask"), _("Asked for a place")),
    ("lms.approve", _("Approve"), _("Approved a request for a place")),
    ("lms.refuse_request", _("Refuse"), _("Refused a request for a place")),
    ("lms.leave_queue", _("Leave"), _("Took the request for a place back")),
    ("lms.offer_seat", _("Offer"), _("Offered a seat")),
    ("lms.accept_offer", _("Accept"), _("Accepted the offered seat")),
    ("lms.decline_offer", _("Decline"), _("Declined the offered seat")),
    ("lms.offer_expired", _("Expire"), _("Did not accept the offered seat in time")),
    ("lms.set_priority", _("Priority"), _("Changed the priority on the waiting list")),
    ("lms.invite", _("Invite"), _("Invited somebody")),
    ("lms.revoke_invitation", _("Take back"), _("Took an invitation back")),
    ("lms.claim_invitation", _("Use"), _("Came in with an invitation")),
    ("lms.nominate", _("Nominate"), _("Gave seats to an organisation")),
    ("lms.revoke_nomination", _("Take back"), _("Took a nomination back")),
    ("lms.name_nominee", _("Name"), _("The organisation named a person")),
    ("lms.replace_nominee", _("Replace"), _("The organisation replaced a person")),
    ("lms.use_nomination", _("Use"), _("Came in with an organisation's code")),
    ("lms.replaced", _("Replace"), _("Was replaced by the organisation")),
    ("lms.move", _("Move"), _("Moved from another cohort")),
    ("lms.cancel_place", _("Cancel"), _("The cohort was cancelled")),
    ("lms.add_person", _("Add a person"), _("Added a person")),
    ("lms.change_person", _("Change a person"), _("Changed a person's data")),
    ("lms.claim_person", _("Claim"), _("Connected an account with a person")),
    ("lms.add_organisation", _("Add"), _("Added an organisation")),
    ("lms.change_organisation", _("Change"), _("Changed an organisation")),
    ("lms.add_donor", _("Add"), _("Added a donor")),
    ("lms.change_donor", _("Change"), _("Changed a donor")),
    ("lms.create_cohort", _("Create a cohort"), _("Created the cohort")),
    ("lms.change_cohort", _("Change a cohort"), _("Changed the cohort")),
    ("lms.cancel_cohort", _("Cancel a cohort"), _("Cancelled the cohort")),
    ("lms.add_project", _("Add"), _("Added a project")),
    ("lms.change_project", _("Change"), _("Changed a project")),
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
