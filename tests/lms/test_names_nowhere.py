"""No address of ours and no line of the server's log tells who somebody is."""

import logging
import re
import smtplib

import pytest
from django.core.mail.backends.base import BaseEmailBackend

from lms.actions import erasure, messages
from lms.actions.enrolment import enrol, withdraw
from lms.actions.people import change_person
from tests.access_table import addresses
from tests.factories import make_cohort, make_participant, make_user


class Quoting(BaseEmailBackend):
    """A post office that says in its refusal whom it does not know."""

    def send_messages(self, letters):
        to = letters[0].to[0]
        raise smtplib.SMTPRecipientsRefused({to: (550, f"no {to} here".encode())})


# What a parameter may be: a key, a code or a choice of words that are ours.
PARAMETERS = {
    "int": {"pk", "into", "cohort_pk", "enrolment_pk", "event_pk", "ticket"}
    | {"number", "year"},
    "uuid": {"activity", "key", "question"},
    "slug": {"code", "day", "key", "field", "report", "letter", "kind"},
    "str": {"code", "language", "token", "kind"},
    "path": {"kind", "path"},
}


def test_addresses_take_keys_and_codes_and_never_a_name():
    """PR-06"""
    taken = {
        (name, converter or "str", parameter)
        for name, address in addresses().items()
        if address.is_ours
        for converter, parameter in re.findall(r"<(?:(\w+):)?(\w+)>", address.path)
    }

    strange = [
        one for one in sorted(taken) if one[2] not in PARAMETERS.get(one[1], set())
    ]

    assert taken
    assert strange == []


@pytest.mark.django_db
def test_verbs_and_letters_that_fail_write_no_name_into_the_servers_log(
    caplog, settings
):
    """PR-06"""
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_BACKEND = f"{__name__}.Quoting"
    by = make_user()
    person = make_participant(
        legal_name="Шарипова Манзура", latin_name="Sharipova Manzura"
    )
    person.email = "manzura@example.org"
    person.save()

    place = enrol(person, cohort=make_cohort(), by=by)
    change_person(person, by=by, position="officer")
    messages.queue(
        person, key="a", template="lms/mail/correction_decided", context={"name": "x"}
    )
    messages.send_due()
    withdraw(place, by=by, reason="She moved.")
    erasure.anonymise(person, by=by, reason="She asked.")

    written = caplog.text.lower()
    assert "message a was not sent" in written
    assert not [w for w in ("манзура", "manzura", "шарипова") if w in written]
