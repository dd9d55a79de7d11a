"""Kinds of letters: words for all of them, and each only while it is needed."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from certificates.letters import EXPIRES, ISSUED
from courses import clock
from lms.actions import messages
from lms.letters.composing import compose, default_text, tried
from lms.letters.kinds import UnknownKind, all_kinds
from lms.models import Enrolment, LetterText, Mark, MarkStatus, Message, Session
from lms.placeholders import unknown_in
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db

# Whoever looks over a shoulder, or into a mailbox, must not learn this from us.
TELLING = re.compile(
    r"traffick|victim|exploit|slave|forced labou?r|police|perpetrator|"
    r"торговл|жертв|эксплуатац|рабств|полици|савдои|қурбон|истисмор",
    re.IGNORECASE,
)


def kinds():
    return [kind for kind in all_kinds() if not kind.is_written_by_staff]


def send(enrolment, kind, **context):
    message = messages.queue(
        enrolment.person,
        key=f"test:{kind}",
        template=f"lms/mail/{kind}",
        context={"enrolment": enrolment.pk, **context},
    )
    messages.send_due()
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("locale", ["en", "ru", "tg"])
def test_every_kind_has_words_that_can_be_filled_in(locale):
    """CM-04"""
    for kind in kinds():
        subject, body = default_text(kind, locale)

        assert subject, kind.key
        assert unknown_in(subject + body, kind.names) == [], kind.key
        filled = "".join(tried(kind, locale, subject=subject, body=body))
        assert not re.search(r"[{}]", filled), kind.key


@pytest.mark.parametrize("locale", ["en", "ru", "tg"])
def test_default_texts_tell_a_curious_eye_nothing(locale):
    """CM-11"""
    for kind in kinds():
        subject, body = default_text(kind, locale)

        assert not TELLING.search(subject + body), kind.key
        assert "{course}" not in subject + body, kind.key
        assert "{cohort}" not in subject + body, kind.key


def test_a_letter_keeps_the_titles_of_course_and_cohort_to_itself():
    """CM-11"""
    cohort = make_cohort(title="Victims of trafficking")
    enrolment = make_enrolment(cohort=cohort)
    session = make_session(
        cohort,
        title="Identifying victims",
        local_date=clock.now().date() + timedelta(days=2),
    )
    context = {"session": session.pk, "sequence": 0}
    send(enrolment, "session_changed", **context)

    (letter,) = mail.outbox
    assert not TELLING.search(str(letter.message()))
    assert not TELLING.search(letter.attachments[0].get_payload(decode=True).decode())


def test_an_unknown_kind_is_an_error_of_the_caller():
    with pytest.raises(UnknownKind):
        messages.queue(make_person(), key="x", template="lms/mail/nothing")


def test_two_certificate_letters_are_registered_from_above():
    assert {ISSUED, EXPIRES} <= set(all_kinds())


def test_the_words_of_the_organisation_come_before_the_default():
    enrolment = make_enrolment(make_person(locale="ru"))
    LetterText.objects.create(
        kind="lms/mail/enrolled",
        locale="ru",
        subject="Место: {training}",
        body="Здравствуйте, {name}",
        changed_at=clock.now(),
    )

    send(enrolment, "enrolled")

    (letter,) = mail.outbox
    assert letter.body == f"Здравствуйте, {enrolment.person.legal_name}\n"
    assert letter.subject.endswith(enrolment.cohort.code)


def test_dates_and_labels_are_in_the_language_of_the_letter(at):
    """CM-05"""
    at("2026-10-01T09:00+05:00")
    enrolment = make_enrolment(make_person(locale="ru"))

    message = messages.queue(
        enrolment.person,
        key="x",
        template="lms/mail/survey",
        context={"enrolment": enrolment.pk, "after": "3m", "url": "/ru/s/1/"},
    )
    LetterText.objects.create(
        kind="lms/mail/survey",
        locale="ru",
        subject="Опрос",
        body="{training}: {link}",
        changed_at=clock.now(),
    )

    letter = compose(message)
    assert letter.locale == "ru"
    assert "http://testserver/ru/s/1/" in letter.body
    assert not re.search(r"Sep|Oct", letter.body)


def test_without_a_language_of_the_person_the_cohort_and_then_the_site_decides():
    """CM-05"""
    cohort = make_cohort(locale="ru")
    enrolment = make_enrolment(make_person(locale="fa"), cohort)
    message = messages.queue(
        enrolment.person,
        key="x",
        template="lms/mail/enrolled",
        context={"enrolment": enrolment.pk},
    )

    assert compose(message).locale == "ru"
    cohort.locale = "fa"
    cohort.save()
    assert compose(message).locale == "en"


def test_a_name_cannot_begin_a_new_header():
    person = make_person(legal_name="A\r\nBcc: everybody@example.org")
    enrolment = make_enrolment(person)
    LetterText.objects.create(
        kind="lms/mail/enrolled",
        locale="en",
        subject="For {name}",
        body="x",
        changed_at=clock.now(),
    )

    send(enrolment, "enrolled")

    (letter,) = mail.outbox
    assert letter.subject == "For A Bcc: everybody@example.org"
    assert letter.recipients() == [person.email]


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("seat_offered", "active", "answered"),
        ("seat_offered", "withdrawn", "answered"),
        ("offer_expired", "active", "answered"),
        ("request_received", "active", "answered"),
        ("request_refused", "active", "answered"),
        ("waitlisted", "offered", "answered"),
        ("enrolled", "withdrawn", "ended"),
        ("survey", "withdrawn", "ended"),
    ],
)
def test_a_letter_about_a_place_is_dropped_when_the_place_has_gone_on(
    kind, status, reason
):
    """CM-02"""
    enrolment = make_enrolment(status=status)

    message = send(enrolment, kind)

    assert (message.state, message.dropped_because) == ("dropped", reason)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("seat_offered", "offered"),
        ("offer_expired", "waitlisted"),
        ("request_received", "requested"),
        ("request_refused", "cancelled"),
        ("waitlisted", "waitlisted"),
        ("enrolled", "active"),
        ("survey", "active"),
    ],
)
def test_a_letter_about_a_place_is_sent_while_it_is_true(kind, status):
    """CM-02"""
    enrolment = make_enrolment(status=status)

    assert send(enrolment, kind).state == "sent"


def test_an_offer_that_has_run_out_is_not_sent():
    """CM-02"""
    enrolment = make_enrolment(status="offered")
    past = clock.now() - timedelta(minutes=1)

    message = send(enrolment, "seat_offered", until=past.isoformat())

    assert message.dropped_because == "too_late"


def coming_session():
    return make_session(local_date=clock.now().date() + timedelta(days=2))


def reminded(session, enrolment):
    context = {"session": session.pk, "starts_at": session.starts_at.isoformat()}
    return send(enrolment, "session_reminder", **context)


def test_a_reminder_is_sent_while_all_is_as_it_was():
    """CM-02"""
    session = coming_session()

    assert reminded(session, make_enrolment(cohort=session.cohort)).state == "sent"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"status": Session.Status.CANCELLED}, "cancelled"),
        ({"starts_at": clock.now() + timedelta(days=9)}, "moved"),
    ],
)
def test_a_reminder_of_a_session_that_changed_is_dropped(change, reason):
    """CM-02"""
    session = coming_session()
    enrolment = make_enrolment(cohort=session.cohort)
    message = messages.queue(
        enrolment.person,
        key="x",
        template="lms/mail/session_reminder",
        context={
            "enrolment": enrolment.pk,
            "session": session.pk,
            "starts_at": session.starts_at.isoformat(),
        },
    )
    Session.objects.update(**change)

    messages.send_due()

    message.refresh_from_db()
    assert message.dropped_because == reason
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("status", "reason"), [("withdrawn", "ended"), ("completed", "completed")]
)
def test_who_is_withdrawn_or_complete_is_not_reminded(status, reason):
    """CM-02"""
    session = coming_session()
    now = clock.now()
    enrolment = make_enrolment(
        cohort=session.cohort, status=status, completed_at=now, completed_on=now
    )

    assert reminded(session, enrolment).dropped_because == reason


def test_a_letter_about_something_deleted_is_dropped():
    """CM-02"""
    enrolment = make_enrolment()
    message = messages.queue(
        enrolment.person,
        key="x",
        template="lms/mail/enrolled",
        context={"enrolment": enrolment.pk},
    )
    Enrolment.objects.all().delete()

    messages.send_due()

    message.refresh_from_db()
    assert message.dropped_because == Message.Dropped.GONE


@pytest.mark.parametrize(
    ("code", "state"), [("absent", "sent"), ("excused", "dropped")]
)
def test_only_who_is_still_marked_absent_was_missed(code, state):
    """CM-02"""
    session = make_session(
        register="signed", signed_at=clock.now(), signed_by=make_user()
    )
    enrolment = make_enrolment(cohort=session.cohort)
    Mark.objects.create(
        session=session,
        enrolment=enrolment,
        status=MarkStatus.objects.get(code=code),
        source="trainer",
        marked_at=clock.now(),
    )

    assert send(enrolment, "missed_session", session=session.pk).state == state


def test_invitations_to_one_address_are_few():
    """CM-10"""
    person, cohort = make_person(), make_cohort()

    def invite(n):
        return messages.queue(
            person,
            key=f"invited:{n}",
            template="lms/mail/invited",
            context={"cohort": cohort.pk, "url": "/x/"},
        )

    for n in range(3):
        invite(n)
    with pytest.raises(messages.TooManyLetters):
        invite(4)
    assert invite(2)
    assert Message.objects.count() == 3


def test_invitations_of_one_sender_a_day_are_capped(at):
    """CM-10"""
    now = at("2026-10-12T09:00+05:00")
    sender, cohort = make_user(), make_cohort()
    Message.objects.bulk_create(
        Message(
            key=f"old:{n}",
            to=f"{n}@example.org",
            template="lms/mail/invited",
            by=sender,
            queued_at=now - timedelta(hours=1),
            due_at=now,
        )
        for n in range(500)
    )

    def invite(by):
        person = make_person()
        context = {"cohort": cohort.pk, "url": "/x/"}
        key = f"invited:{person.pk}"
        template = "lms/mail/invited"
        return messages.queue(
            person, key=key, template=template, context=context, by=by
        )

    with pytest.raises(messages.TooManyLetters):
        invite(sender)
    assert invite(make_user())
    at(now + timedelta(days=1))
    assert invite(sender)
