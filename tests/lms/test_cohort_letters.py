"""Letters that staff write: seen before they are sent, one a person, taken back."""

from datetime import timedelta

import pytest
from django.core import mail

from courses import clock
from lms.actions import cohort_letters as actions
from lms.actions import messages
from lms.models import CohortLetter, Enrolment, Mark, MarkStatus, Message
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_person,
    make_session,
    make_user,
)

pytestmark = pytest.mark.django_db

TEXTS = {"en": ("About {training}", "Dear {name}, bring a pen.")}


def write(cohort, audience="everybody", texts=TEXTS, **fields):
    by = fields.pop("by", None) or make_user()
    return actions.write(cohort, texts=texts, audience=audience, by=by, **fields)


def make_group(number=2, **fields):
    cohort = make_cohort(**fields)
    return cohort, [make_enrolment(cohort=cohort) for _ in range(number)]


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_a_letter_waits_until_somebody_has_approved_it(at):
    """CM-06"""
    now = at("2026-10-12T09:00+05:00")
    cohort, _places = make_group()

    write(cohort)
    at(now + timedelta(days=1))

    assert messages.send_due() == 0
    assert states() == ["waiting", "waiting"]


def test_an_approved_letter_goes_to_each_person_alone_after_a_while(at):
    """CM-06"""
    now = at("2026-10-12T09:00+05:00")
    cohort, places = make_group(3)

    actions.approve(write(cohort), by=make_user())
    assert messages.send_due() == 0
    at(now + actions.GRACE)

    assert messages.send_due() == 3
    assert sorted(letter.recipients() for letter in mail.outbox) == sorted(
        [place.person.email] for place in places
    )
    assert {bool(letter.cc or letter.bcc) for letter in mail.outbox} == {False}


def test_approving_twice_sends_once(at):
    """CM-01"""
    now = at("2026-10-12T09:00+05:00")
    cohort, _places = make_group()
    letter = write(cohort)

    actions.approve(letter, by=make_user())
    at(now + timedelta(hours=1))
    messages.send_due()
    actions.approve(letter, by=make_user())
    messages.send_due()

    assert len(mail.outbox) == 2


def test_within_its_while_a_letter_can_be_taken_back(at):
    """CM-06"""
    now = at("2026-10-12T09:00+05:00")
    cohort, _places = make_group()
    letter = actions.approve(write(cohort), by=make_user())

    at(now + actions.GRACE / 2)
    actions.take_back(letter, by=make_user())
    at(now + timedelta(days=1))

    assert messages.send_due() == 0
    assert states() == ["dropped", "dropped"]
    assert set(Message.objects.values_list("dropped_because", flat=True)) == {
        "taken_back"
    }
    with pytest.raises(actions.TakenBack):
        actions.approve(letter, by=make_user())


def test_what_is_on_its_way_cannot_be_taken_back(at):
    now = at("2026-10-12T09:00+05:00")
    cohort, _places = make_group()
    letter = actions.approve(write(cohort), by=make_user())
    at(now + actions.GRACE)
    messages.send_due()

    with pytest.raises(actions.CannotTakeBack):
        actions.take_back(letter, by=make_user())


def test_who_is_withdrawn_meanwhile_gets_nothing(at):
    """CM-02"""
    now = at("2026-10-12T09:00+05:00")
    cohort, places = make_group(2)
    actions.approve(write(cohort), by=make_user())
    Enrolment.objects.filter(pk=places[0].pk).update(status="withdrawn")
    at(now + actions.GRACE)

    messages.send_due()

    assert [letter.to for letter in mail.outbox] == [[places[1].person.email]]
    assert states() == ["dropped", "sent"]


def test_who_has_completed_and_who_has_not_are_groups_of_their_own():
    now = clock.now()
    cohort, places = make_group(1)
    done = make_enrolment(
        cohort=cohort, status="completed", completed_at=now, completed_on=now
    )
    make_enrolment(cohort=cohort, status="withdrawn")

    def group(audience):
        letter = CohortLetter(cohort=cohort, audience=audience, texts=TEXTS)
        return set(letter.recipients())

    assert group("everybody") == {*places, done}
    assert group("not_completed") == set(places)
    assert group("completed") == {done}


def test_who_missed_a_session_can_be_written_to():
    cohort, places = make_group(2)
    session = make_session(cohort)
    for place, code in zip(places, ["absent", "present"], strict=True):
        Mark.objects.create(
            session=session,
            enrolment=place,
            status=MarkStatus.objects.get(code=code),
            source="trainer",
            marked_at=clock.now(),
        )

    write(cohort, "missed", session=session)

    assert [message.person for message in Message.objects.all()] == [places[0].person]


def test_a_letter_about_a_missed_session_needs_one_of_this_cohort():
    cohort, _places = make_group()

    for session in (None, make_session()):
        with pytest.raises(actions.SessionMissing):
            write(cohort, "missed", session=session)


def test_an_empty_group_is_refused():
    with pytest.raises(actions.NobodyToWrite):
        write(make_cohort())
    assert not CohortLetter.objects.exists()


@pytest.mark.parametrize("locale", ["en", "ru", "tg"])
def test_an_unknown_name_in_braces_is_refused_in_each_language(locale):
    """CM-04"""
    cohort, _places = make_group()
    texts = TEXTS | {locale: ("Hello", "Dear {nmae} {when}")}

    with pytest.raises(actions.UnknownPlaceholder) as refused:
        write(cohort, texts=texts)

    assert refused.value.field == f"body_{locale}"
    assert "{nmae}, {when}" in str(refused.value)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"en": ("", "Text")}, "subject_en"),
        ({"en": ("Subject", " ")}, "body_en"),
        ({"ru": ("", ""), "en": ("", "")}, "body_ru"),
    ],
)
def test_a_letter_without_words_is_refused(texts, field):
    cohort, _places = make_group()

    with pytest.raises(actions.TextMissing) as refused:
        write(cohort, texts=texts)

    assert refused.value.field == field


def test_each_reads_it_in_their_language_or_else_the_cohorts(at):
    """CM-05"""
    now = at("2026-10-12T09:00+05:00")
    cohort = make_cohort(locale="ru")
    for locale in ("en", "ru", "tg"):
        make_enrolment(
            make_person(locale=locale, email=f"{locale}@example.org"), cohort
        )
    texts = {"en": ("Hello", "English"), "ru": ("Привет", "Русский")}

    actions.approve(write(cohort, texts=texts), by=make_user())
    at(now + actions.GRACE)
    messages.send_due()

    assert {letter.to[0]: letter.body for letter in mail.outbox} == {
        "en@example.org": "English\n",
        "ru@example.org": "Русский\n",
        "tg@example.org": "Русский\n",
    }


def test_nothing_written_by_staff_is_ever_run(at):
    now = at("2026-10-12T09:00+05:00")
    cohort, _places = make_group(1)
    evil = "{% now 'Y' %} {{ person.user.password }}"

    with pytest.raises(actions.UnknownPlaceholder):
        write(cohort, texts={"en": ("x", evil)})
    letter = write(cohort)
    letter.texts = {"en": ["{{ x }}", evil]}
    letter.save()
    actions.approve(letter, by=make_user())
    at(now + actions.GRACE)
    messages.send_due()

    (sent,) = mail.outbox
    assert sent.body.strip() == evil
