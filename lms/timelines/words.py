"""One sentence for each step that the log knows, and the kind of step it is.

A sentence says what was done; when, by whom and why stand beside it. Its placeholders
are filled by `filling`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """By what a reader narrows a timeline."""

    PLACES = "places", _("Places in cohorts")
    LEARNING = "learning", _("Learning and results")
    SESSIONS = "sessions", _("Sessions and registers")
    PEOPLE = "people", _("People's data")
    COHORTS = "cohorts", _("Cohorts and who runs them")
    LETTERS = "letters", _("Letters and surveys")
    CERTIFICATES = "certificates", _("Certificates")
    FILES = "files", _("Files taken out, pages seen as somebody")
    OTHER = "other", _("Everything else")


class Sentence(NamedTuple):
    kind: Kind
    text: str | Promise


_sentences: dict[str, Sentence] = {}


def register(kind: Kind, sentences: Mapping[str, str | Promise]) -> None:
    """Say how these steps are told."""
    for action, text in sentences.items():
        _sentences[action] = Sentence(kind, text)


def sentence_of(action: str) -> Sentence | None:
    """None for steps of other apps: those are told as Wagtail tells them."""
    return _sentences.get(action)


def actions_of(kind: Kind) -> list[str]:
    return [action for action, one in _sentences.items() if one.kind == kind]


def known() -> dict[str, Sentence]:
    """Every sentence by its step."""
    return dict(_sentences)


register(
    Kind.PLACES,
    {
        "lms.enrol": _("Enrolled %(person)s in %(cohort)s."),
        "lms.add_guest": _("Wrote %(person)s down as a guest of %(cohort)s."),
        "lms.join": _("%(person)s joined %(cohort)s."),
        "lms.withdraw": _("Withdrew %(person)s from %(cohort)s."),
        "lms.reactivate": _("Gave %(person)s the place in %(cohort)s back."),
        "lms.wait": _("Put %(person)s on the waiting list of %(cohort)s."),
        "lms.request_place": _("%(person)s asked for a place in %(cohort)s."),
        "lms.approve": _("Approved the request of %(person)s to join %(cohort)s."),
        "lms.refuse_request": _(
            "Refused the request of %(person)s to join %(cohort)s."
        ),
        "lms.leave_queue": _(
            "%(person)s took back the request for a place in %(cohort)s."
        ),
        "lms.offer_seat": _(
            "Offered %(person)s a seat in %(cohort)s, kept until %(until)s."
        ),
        "lms.accept_offer": _("%(person)s accepted the seat in %(cohort)s."),
        "lms.decline_offer": _("%(person)s declined the seat in %(cohort)s."),
        "lms.offer_expired": _(
            "%(person)s did not accept the seat in %(cohort)s in time."
        ),
        "lms.set_priority": _(
            "Set the priority of %(person)s on the waiting list of %(cohort)s: "
            "%(number)s."
        ),
        "lms.invite": _("Invited %(person)s to %(cohort)s."),
        "lms.revoke_invitation": _(
            "Took back the invitation of %(person)s to %(cohort)s."
        ),
        "lms.claim_invitation": _("%(person)s came to %(cohort)s with an invitation."),
        "lms.nominate": _("Gave %(organisation)s seats in %(cohort)s: %(number)s."),
        "lms.revoke_nomination": _(
            "Took back the nomination of %(organisation)s for %(cohort)s."
        ),
        "lms.name_nominee": _("%(organisation)s named a person for %(cohort)s."),
        "lms.replace_nominee": _(
            "%(organisation)s named another person for %(cohort)s instead of one "
            "named before."
        ),
        "lms.use_nomination": _(
            "%(person)s came to %(cohort)s with the code of an organisation."
        ),
        "lms.replaced": _(
            "The organisation sends somebody else to %(cohort)s instead of %(person)s."
        ),
        "lms.move": _("Moved %(person)s to %(cohort)s from %(before)s."),
        "lms.cancel_place": _(
            "%(person)s lost the place: %(cohort)s does not take place."
        ),
        "lms.upload_roster": _("Uploaded a list of people for %(cohort)s."),
        "lms.choose_columns": _(
            "Said what the columns of a list of people for %(cohort)s hold."
        ),
        "lms.import_roster": _(
            "Enrolled the people of a list in %(cohort)s: %(number)s."
        ),
    },
)
register(
    Kind.LEARNING,
    {
        "lms.complete": _("%(person)s completed %(cohort)s on %(day)s."),
        "lms.sign_off": _("Signed off a lesson for %(person)s: %(activity)s."),
        "lms.undo": _("Took back a lesson of %(person)s: %(activity)s."),
        "lms.waive": _("Waived a requirement for %(person)s: %(activity)s."),
        "lms.take_back_waiver": _(
            "Asked %(person)s again for what was waived: %(activity)s."
        ),
        "lms.give_override": _("Gave %(whom)s another rule in a quiz: %(activity)s."),
        "lms.change_override": _(
            "Changed the other rule that %(whom)s has in a quiz: %(activity)s."
        ),
        "lms.take_back_override": _(
            "Took back the other rule that %(whom)s had in a quiz: %(activity)s."
        ),
        "lms.start_attempt": _("%(person)s began a quiz: %(activity)s."),
        "lms.open_sitting": _("Opened a quiz in a room: %(activity)s."),
        "lms.close_sitting": _(
            "Let nobody into the room of a quiz any more: %(activity)s."
        ),
        "lms.print_tickets": _("Printed tickets for a quiz, %(number)s: %(activity)s."),
        "lms.revoke_ticket": _("Took back a ticket of %(person)s: %(activity)s."),
        "lms.use_ticket": _("%(person)s came to a quiz with a ticket: %(activity)s."),
        "lms.print_variants": _(
            "Printed a quiz in variants %(variant)s: %(activity)s."
        ),
        "lms.enter_sheet": _(
            "Typed in the sheet of %(person)s, variant %(variant)s: %(activity)s."
        ),
        "lms.take_back_sheet": _(
            "Took back the typed-in sheet of %(person)s: %(activity)s."
        ),
        "lms.correct_sheet": _(
            "Corrected the typed-in sheet of %(person)s: %(activity)s."
        ),
        "lms.abandon": _("%(person)s did not hand in a quiz in time: %(activity)s."),
        "lms.withdraw_attempt": _(
            "An attempt of %(person)s ended together with the place: %(activity)s."
        ),
        "lms.reopen_attempt": _(
            "Took up an attempt of %(person)s that was not handed in: %(activity)s."
        ),
        "lms.submit": _("%(person)s handed in a quiz: %(activity)s."),
        "lms.mark_answer": _("Marked an answer of %(person)s: %(activity)s."),
        "lms.second_mark": _(
            "Marked an answer of %(person)s a second time: %(activity)s."
        ),
        "lms.settle_marks": _(
            "Settled two marks of an answer of %(person)s: %(activity)s."
        ),
        "lms.regrade": _("Marked a question again. Attempts: %(number)s."),
        "lms.settle_lost_pass": _(
            "Settled what follows for %(person)s from a quiz passed no longer: "
            "%(activity)s."
        ),
        "lms.tampered_answer": _(
            "Refused an answer of %(person)s that no page of the quiz sends: "
            "%(activity)s."
        ),
        "lms.pool_too_small": _("The quiz %(thing)s had too few questions to draw."),
    },
)
register(
    Kind.SESSIONS,
    {
        "lms.apologise": _("%(person)s said that they cannot come to a session."),
        "lms.take_back_apology": _(
            "%(person)s took back that they cannot come to a session."
        ),
        "lms.approve_apology": _("Excused %(person)s from a session."),
        "lms.decline_apology": _("Did not excuse %(person)s from a session."),
        "lms.set_online_rules": _(
            "Changed how sessions on line of %(cohort)s are joined and marked."
        ),
        "lms.upload_conference": _(
            "Uploaded the report of a conference for %(session)s."
        ),
        "lms.import_conference": _("Marked %(session)s by the report of a conference."),
        "lms.set_warning_rules": _(
            "Changed of what the participants of %(cohort)s are warned."
        ),
        "lms.schedule": _("Planned a session: %(session)s."),
        "lms.import_sessions": _("Took %(number)s sessions of %(cohort)s from a list."),
        "lms.plan_series": _("Planned %(number)s sessions of a series in %(cohort)s."),
        "lms.rederive_start": _(
            "The clocks there changed; worked out anew when a session begins: "
            "%(session)s."
        ),
        "lms.change_session": _("Changed a session, %(session)s: %(fields)s."),
        "lms.correct_time": _(
            "Corrected the time of a session that was signed off, %(session)s: "
            "%(fields)s."
        ),
        "lms.cancel_session": _("Cancelled a session: %(session)s."),
        "lms.check_in_rules": _("Changed how participants may check themselves in."),
        "lms.import_register": _("Imported a typed register of %(cohort)s."),
        "lms.keep_scan": _("Kept a photo or scan of a signed sheet of %(cohort)s."),
        "lms.remove_scan": _(
            "Removed a photo or scan of a signed sheet of %(cohort)s."
        ),
        "lms.sign_off_register": _(
            "Signed off the register of a session: %(session)s."
        ),
        "lms.new_calendar_address": _("Made a secret address for a calendar."),
        "lms.reopen_register": _(
            "Opened the signed register of a session again: %(session)s."
        ),
    },
)
register(
    Kind.PEOPLE,
    {
        "lms.add_person": _("Added %(person)s."),
        "lms.change_person": _("Changed the data of %(person)s: %(fields)s."),
        "lms.claim_person": _("Connected an account with %(person)s."),
        "lms.renew_personal_code": _("%(person)s got a new personal code."),
        "lms.use_slip": _("%(person)s made an account with a sign-in slip."),
        "lms.merge_person": _("Merged %(other)s into %(person)s."),
        "lms.undo_merge": _("Took back the merge of %(other)s into %(person)s."),
        "lms.tell_apart": _("Said that %(person)s and %(other)s are two people."),
        "lms.ask_correction": _("Asked to correct the data of %(person)s: %(fields)s."),
        "lms.approve_correction": _(
            "Approved a correction of the data of %(person)s: %(fields)s."
        ),
        "lms.refuse_correction": _(
            "Refused a correction of the data of %(person)s: %(fields)s."
        ),
        "lms.take_back_correction": _(
            "Took back a request to correct the data of %(person)s."
        ),
        "lms.give_consent": _("%(person)s agreed to the consent text %(number)s."),
        "lms.enter_consent": _(
            "Entered a paper on which %(person)s agrees to the consent text %(number)s."
        ),
        "lms.withdraw_consent": _("Withdrew the consent of %(person)s."),
        "lms.ask_data": _("Asked for a copy of the data of %(person)s."),
        "lms.take_data": _("Took a copy of the data of %(person)s."),
        "lms.ask_erasure": _("Asked to erase the data of %(person)s."),
        "lms.decline_erasure": _("Declined to erase the data of %(person)s."),
        "lms.anonymise": _(
            "Erased the data of %(person)s. Certificates: %(certificates)s."
        ),
        "lms.add_organisation": _("Added an organisation: %(thing)s."),
        "lms.change_organisation": _("Changed an organisation, %(thing)s: %(fields)s."),
    },
)
register(
    Kind.COHORTS,
    {
        "lms.create_cohort": _("Created the cohort %(cohort)s."),
        "lms.change_cohort": _("Changed the cohort %(cohort)s: %(fields)s."),
        "lms.cancel_cohort": _("Cancelled the cohort %(cohort)s."),
        "lms.add_staff": _("Gave %(account)s a role in %(cohort)s: %(role)s."),
        "lms.remove_staff": _("Took a role of %(account)s in %(cohort)s: %(role)s."),
        "lms.add_donor": _("Added a donor: %(thing)s."),
        "lms.change_donor": _("Changed a donor, %(thing)s: %(fields)s."),
        "lms.make_status_set": _("Made a set of statuses: %(thing)s."),
        "lms.change_status_set": _("Changed a set of statuses: %(thing)s."),
        "lms.add_project": _("Added a project: %(thing)s."),
        "lms.change_project": _("Changed a project, %(thing)s: %(fields)s."),
    },
)
register(
    Kind.LETTERS,
    {
        "lms.write_letter": _("Wrote a letter, %(letter)s. People: %(number)s."),
        "lms.approve_letter": _("Approved a letter, %(letter)s. People: %(number)s."),
        "lms.take_back_letter": _(
            "Took back a letter, %(letter)s. People: %(number)s."
        ),
        "lms.print_letters": _("Printed letters for the post: %(number)s."),
        "lms.retry_message": _("Tried a letter to %(person)s again."),
        "lms.give_up_message": _("Gave up a letter to %(person)s."),
        "lms.save_letter_text": _("Changed the words of a letter."),
        "lms.drop_letter_text": _("Took the default words of a letter."),
        "lms.open_survey": _("Asked the cohort how it was: %(survey)s."),
        "lms.close_survey": _("Closed a survey of the cohort: %(survey)s."),
        "lms.change_survey": _("Changed the questions of a survey: %(thing)s."),
    },
)
register(
    Kind.FILES,
    {
        "lms.view_as": _("Began to see the site as %(person)s does, only for reading."),
        "lms.stop_viewing_as": _(
            "Stopped seeing the site as %(person)s does (%(ending)s)."
        ),
        "lms.print_slips": _("Printed sign-in slips: %(number)s."),
        "lms.export": _("Took a file out: %(file)s."),
        "lms.take_export": _("Downloaded a file: %(file)s."),
    },
)
register(
    Kind.OTHER,
    {
        "lms.record_event": _("Wrote down an event: %(thing)s."),
        "lms.change_event": _("Changed an event: %(thing)s."),
        "lms.withdraw_event": _("Withdrew an event: %(thing)s."),
        "lms.draft_consent": _("Began a consent text: %(thing)s."),
        "lms.change_consent": _("Changed the draft of a consent text: %(thing)s."),
        "lms.publish_consent": _("Published a consent text: %(thing)s."),
        "lms.change_keeping": _("Changed for how many days data are kept: %(number)s."),
        "lms.close_period": _("Froze the figures of a period: %(thing)s."),
        "courses.publish_edition": _("Froze an outline as edition %(number)s."),
        "courses.freeze_question": _("Froze a question as version %(number)s."),
        "courses.upload_questions": _("Uploaded questions to look at: %(thing)s."),
        "courses.import_questions": _("Imported questions: %(thing)s."),
        "courses.export_questions": _("Exported questions with answers: %(thing)s."),
        "courses.add_lesson_with_quiz": _("Added a lesson with its quiz: %(thing)s."),
        "courses.add_quiz": _("Added a quiz with its questions: %(thing)s."),
        "courses.retire_question": _("Retired a question: %(thing)s."),
        "courses.restore_question": _("Brought a retired question back: %(thing)s."),
        "courses.renew_quiz": _("Made a new version of a quiz: %(thing)s."),
    },
)

ENDINGS: Mapping[str, str | Promise] = {
    "asked": pgettext_lazy("view", "ended by who looked"),
    "time": pgettext_lazy("view", "the time was over"),
    "sign_out": pgettext_lazy("view", "signed out"),
    "right": pgettext_lazy("view", "not allowed any more"),
}
