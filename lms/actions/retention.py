"""How long each class of data is kept, and the nightly round that ends it (PR-08).

Results of learning are never touched. A round may run twice: what is gone is not
counted again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session as BrowserSession
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from courses import clock
from courses.models import QuestionUpload
from lms.models import (
    Apology,
    ConferenceUpload,
    Consent,
    DataExport,
    Invitation,
    MarkEvent,
    Message,
    RefusedCheckIn,
    RegisterScan,
    RetentionPeriod,
    RetentionRun,
    RosterUpload,
    SignInSlip,
)
from lms.roles import ROLE_GROUPS

from .each import add_up
from .erasing import remove_files
from .refusal import Refused

CHUNK = 1000
MOST_DAYS = 36500


class NonsenseTime(Refused):
    """Nothing can be kept so long, or so short; `field` is the rule."""

    def __init__(self, text: str, *, rule: str):
        super().__init__(text)
        self.field = rule


@dataclass(frozen=True)
class Rule:
    """Ends what is older than `days`; `end` says how many rows it touched.

    Nobody may keep it for less than `least` days.
    """

    key: str
    title: str | Promise
    days: int
    end: Callable[[datetime], int]
    least: int = 0


def _devices(before: datetime) -> int:
    """Of marks and of refused check-ins; the marks and why one was refused stay."""
    nothing = {"device": "", "network": "", "nonce": None}
    marks = MarkEvent.objects.filter(received_at__lt=before)
    refused = RefusedCheckIn.objects.filter(received_at__lt=before)
    return marks.exclude(**nothing).update(**nothing) + refused.exclude(
        **nothing, digest=""
    ).update(**nothing, digest="")


def _rosters(before: datetime) -> int:
    rows = RosterUpload.objects.filter(created_at__lt=before).exclude(file="")
    return _empty_files(rows)


def _conferences(before: datetime) -> int:
    rows = ConferenceUpload.objects.filter(created_at__lt=before).exclude(file="")
    return _empty_files(rows)


def _apologies(before: datetime) -> int:
    """That somebody was excused stays; why does not."""
    old = Apology.objects.filter(session__starts_at__lt=before)
    return _empty_files(
        old.exclude(reason="", paper="", answer=""), "paper", reason="", answer=""
    )


def _scans(before: datetime) -> int:
    rows = RegisterScan.objects.filter(added_at__lt=before).exclude(file="")
    return _empty_files(rows)


def _questions(before: datetime) -> int:
    """Of files that were looked at and never imported, too; the numbers stay."""
    rows = QuestionUpload.objects.filter(created_at__lt=before).exclude(content=b"")
    return rows.update(content=b"")


def _letters(before: datetime) -> int:
    """That a letter went out, and when, stays."""
    over = [Message.State.SENT, Message.State.FAILED, Message.State.DROPPED]
    old = Message.objects.filter(state__in=over, due_at__lt=before)
    return old.exclude(to="", context={}, error="").update(to="", context={}, error="")


def _exports(before: datetime) -> int:
    rows = DataExport.objects.filter(expires_at__lt=before).exclude(file="")
    return _empty_files(rows)


def _invitations(before: datetime) -> int:
    unused = Invitation.objects.filter(claimed_at=None, expires_at__lt=before)
    return unused.delete()[0]


def _slips(before: datetime) -> int:
    return SignInSlip.objects.filter(expires_at__lt=before).delete()[0]


def _consents(before: datetime) -> int:
    """Until then they show that somebody was asked, and stopped when told to."""
    return Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


def _sessions(before: datetime) -> int:
    return BrowserSession.objects.filter(expire_date__lt=before).delete()[0]


def _unfinished_forms(before: datetime) -> int:
    return FormState.objects.filter(last_updated_at__lt=before).delete()[0]


def _jobs(before: datetime) -> int:
    return DBTaskResult.objects.filter(finished_at__lt=before).delete()[0]


def _log_details(before: datetime) -> int:
    """What was done and by whom stays; what somebody wrote about it goes."""
    old = ModelLogEntry.objects.filter(timestamp__lt=before, action__startswith="lms.")
    return old.exclude(data={}).update(data={})


def _accounts(before: datetime) -> int:
    """Nobody has signed in: the account is closed, its person and results stay.

    Who has a role is spared: no night may close the last administrator (EN-16).
    """
    unused = get_user_model().objects.filter(
        is_active=True, is_superuser=False, last_login__lt=before
    )
    with_role = Group.objects.filter(name__in=ROLE_GROUPS)
    return unused.exclude(groups__in=with_role).update(is_active=False)


RULES = [
    Rule(
        "devices",
        _("Devices and networks from which attendance was marked"),
        90,
        _devices,
    ),
    Rule("rosters", _("Files of lists of people"), 30, _rosters),
    Rule("conferences", _("Reports of conferences"), 30, _conferences),
    Rule("apologies", _("Why people could not come to sessions"), 180, _apologies),
    Rule("scans", _("Photos and scans of signed sheets"), 1825, _scans, 365),
    Rule("questions", _("Files of questions"), 30, _questions),
    Rule("letters", _("Addresses and details of letters"), 365, _letters),
    Rule("exports", _("Copies of people's data, after they expire"), 0, _exports),
    Rule("invitations", _("Unused invitations, after they expire"), 90, _invitations),
    Rule("slips", _("Slips for signing in, after they expire"), 30, _slips),
    Rule("consents", _("Consents, after they are withdrawn"), 1095, _consents, 365),
    Rule("sessions", _("Who was signed in, after it ended"), 0, _sessions),
    Rule("forms", _("Unfinished forms of the admin"), 30, _unfinished_forms),
    Rule("jobs", _("Finished jobs"), 30, _jobs),
    Rule("log", _("Details of steps in the log"), 3650, _log_details, 365),
    Rule(
        "accounts", _("Accounts in which nobody signs in: closed"), 1095, _accounts, 180
    ),
]


def days_of() -> dict[str, int]:
    """How long each class is kept here."""
    chosen = dict(RetentionPeriod.objects.values_list("rule", "days"))
    return {rule.key: chosen.get(rule.key, rule.days) for rule in RULES}


@transaction.atomic
def keep_for(*, by, **days: int) -> None:
    """Set how many days each class is kept; unchanged ones are not written."""
    for key, number in days.items():
        _check_sense(key, number)
    before = days_of()
    changed = {key: n for key, n in days.items() if before[key] != n}
    for key, number in changed.items():
        period, _is_new = RetentionPeriod.objects.update_or_create(
            rule=key, defaults={"days": number}
        )
        log(period, "lms.change_keeping", user=by, data={"days": number})


def _check_sense(key: str, number: int) -> None:
    rule = next((rule for rule in RULES if rule.key == key), None)
    if rule is None:
        raise NonsenseTime(gettext("There is no such rule."), rule=key)
    if not rule.least <= number <= MOST_DAYS:
        text = gettext("Between %(least)s and %(most)s days.")
        raise NonsenseTime(text % {"least": rule.least, "most": MOST_DAYS}, rule=key)


def keep_house() -> RetentionRun:
    """One round over all rules, with a report; the night's job.

    What one rule cannot end, such as a file on a broken disk, stops no other rule.
    """
    now, days = clock.now(), days_of()
    run = RetentionRun.objects.create(started_at=now)

    def end(rule: Rule) -> int:
        count = rule.end(now - timedelta(days=days[rule.key]))
        run.counts[rule.key], run.finished_at = count, clock.now()
        run.save(update_fields=["counts", "finished_at"])
        return count

    add_up(RULES, end)
    return run


@transaction.atomic
def _empty_files(rows, name: str = "file", **others) -> int:
    """Empty this field and the others; the files go once that is kept."""
    found = list(rows[:CHUNK])
    remove_files(found, [name])
    keys = [row.pk for row in found]
    return rows.model.objects.filter(pk__in=keys).update(**{name: ""}, **others)
