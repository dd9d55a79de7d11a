"""Consent: free, to a version, in a language people read; withdrawn as easily."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import consents as actions
from lms.actions import erasure, retention
from lms.actions.merging import merge, undo_merge
from lms.models import Consent, ConsentText
from lms.personal.subject import everything, subject_of
from tests.factories import make_consent_text, make_participant, make_person, make_user

pytestmark = pytest.mark.django_db

START = "2026-10-12T09:00+05:00"
WORDS = {"en": "We keep it.", "ru": "Мы храним.", "tg": "Мо нигоҳ медорем."}


@pytest.fixture
def person(at):
    at(START)
    return make_participant(legal_name="Раҳимова Нигина")


@pytest.fixture
def text(person):
    return make_consent_text()


def agree(person, text, language="tg"):
    return actions.give(person, text=text, language=language, by=person.user)


def on_paper(person, text, day=date(2026, 10, 12), by=None):
    by = by or make_user()
    return actions.enter_paper(person, text=text, language="ru", given_on=day, by=by)


def steps(action) -> int:
    return ModelLogEntry.objects.filter(action=action).count()


def test_a_draft_is_begun_once_and_may_lack_languages(person):
    first = actions.draft({"en": " We keep it.\r\n", "xx": "?", "ru": " "}, by=None)

    assert actions.draft({"en": "We keep it."}, by=None) == first
    assert (first.version, first.texts) == (1, {"en": "We keep it."})
    assert ConsentText.objects.current() is None
    assert steps("lms.draft_consent") == 1


def test_a_second_draft_never_writes_over_somebody_elses(person):
    actions.draft(WORDS, by=None)

    with pytest.raises(actions.DraftThere, match="version 1"):
        actions.draft({"en": "Other words."}, by=None)

    assert ConsentText.objects.get().texts == WORDS


def test_publishing_with_a_missing_language_is_refused_beside_its_field(person):
    text = actions.draft(WORDS | {"tg": "  "}, by=None)

    with pytest.raises(actions.TextMissing) as refusal:
        actions.publish(text, by=None)

    assert refusal.value.field == "text_tg"
    assert ConsentText.objects.get().is_draft


def test_what_is_published_never_changes_and_the_next_version_is_new(person):
    text = actions.publish(actions.draft(WORDS, by=None), by=None)

    with pytest.raises(actions.Published):
        actions.change(text, WORDS | {"en": "We sell it."}, by=None)

    text.refresh_from_db()
    assert text.texts == WORDS
    assert actions.change(text, WORDS, by=None) == text
    assert actions.draft({"en": "Next."}, by=None).version == 2
    assert ConsentText.objects.current() == text


def test_two_administrators_publish_one_draft_once(person, at):
    """Each has it open; the second click changes neither the time nor the log."""
    ours = actions.draft(WORDS, by=None)
    theirs = ConsentText.objects.get()
    published = actions.publish(ours, by=None)
    at("2026-10-12T10:00+05:00")

    again = actions.publish(theirs, by=None)

    assert again.published_at == published.published_at
    assert steps("lms.publish_consent") == 1


def test_words_that_the_publisher_has_not_read_are_not_published(person):
    read = actions.draft(WORDS, by=None)
    actions.change(read, WORDS | {"en": "We sell it."}, by=None)
    read.texts = WORDS

    with pytest.raises(actions.ChangedMeanwhile):
        actions.publish(read, by=None)

    assert ConsentText.objects.get().is_draft


def test_agreeing_twice_is_one_consent(person, text):
    first = agree(person, text)

    assert agree(person, text, "en") == first
    assert (first.language, first.how, first.by) == ("tg", "online", person.user)
    assert steps("lms.give_consent") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(person=person, text=text, given_at=clock.now())


def test_withdrawing_twice_ends_it_once_and_agreeing_again_is_possible(person, text):
    agree(person, text)

    assert actions.withdraw(person, by=person.user) == 1
    assert actions.withdraw(person, by=person.user) == 0
    assert steps("lms.withdraw_consent") == 1
    agree(person, text)
    assert [one.withdrawn_at is None for one in person.consents.order_by("pk")] == [
        False,
        True,
    ]


def test_withdrawing_ends_earlier_versions_too(person, text):
    agree(person, text)
    agree(person, make_consent_text(2))

    assert actions.withdraw(person, by=person.user) == 2
    assert not Consent.objects.in_force().exists()


def test_nobody_agrees_to_what_was_replaced_or_is_not_there(person, text):
    """Read on a page opened yesterday; a draft; a language without words."""
    newer, draft = make_consent_text(2), actions.draft({"en": "Next."}, by=None)

    for wrong, language in [(text, "en"), (draft, "en"), (newer, "fa")]:
        with pytest.raises(actions.NotTheText):
            agree(person, wrong, language)
    with pytest.raises(actions.NotTheText):
        on_paper(person, draft)

    assert not Consent.objects.exists()


def test_paper_keeps_whose_it_is_and_who_entered_it(person, text):
    by = make_user()

    consent = on_paper(person, text, by=by)
    on_paper(person, text, by=by)

    assert (consent.how, consent.by, consent.language) == ("paper", by, "ru")
    entry = ModelLogEntry.objects.get(action="lms.enter_consent")
    assert (entry.user, entry.object_id) == (by, str(person.pk))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.update(by=None)


def test_paper_may_be_of_an_earlier_version(person, text):
    make_consent_text(2)

    assert on_paper(person, text).text == text


@pytest.mark.parametrize(
    ("day", "word"), [("2026-10-13", "still to come"), ("2026-10-11", "published on")]
)
def test_paper_has_a_possible_day(person, text, day, word):
    with pytest.raises(actions.NotThatDay, match=word) as refusal:
        on_paper(person, text, date.fromisoformat(day))

    assert refusal.value.field == "given_on"


def test_paper_found_later_does_not_undo_a_withdrawal(person, text, at):
    agree(person, text)
    at("2026-10-14T09:00+05:00")
    actions.withdraw(person, by=person.user)

    with pytest.raises(actions.NotThatDay, match="withdrawn"):
        on_paper(person, text, date(2026, 10, 13))

    assert on_paper(person, text, date(2026, 10, 14)).withdrawn_at is None


def test_who_is_merged_or_erased_agrees_to_nothing(person, text):
    other, gone = make_person(email=""), make_person(email="")
    merge(other, into=person, by=None)
    erasure.anonymise(gone, by=None, reason="She asked.")

    for nobody in (other, gone):
        with pytest.raises(actions.NobodyThere):
            actions.give(nobody, text=text, language="en", by=None)
        with pytest.raises(actions.NobodyThere):
            actions.withdraw(nobody, by=None)


def test_two_who_agreed_to_the_same_become_one_who_agreed(person, text):
    """EN-11: a clash that asks nobody: the other row stays with the merged one."""
    other = make_person(email="")
    mine, theirs = agree(person, text), on_paper(other, text)

    record = merge(other, into=person, by=None)

    assert list(person.consents.all()) == [mine]
    assert actions.withdraw(person, by=None) == 2
    undo_merge(record, by=None)
    theirs.refresh_from_db()
    assert theirs.person == other
    assert theirs.withdrawn_at is not None


@pytest.mark.parametrize("withdrew_last", [True, False])
def test_the_later_word_of_two_rows_counts(person, text, at, withdrew_last):
    """EN-11: whichever row says so, a withdrawal ends what was agreed before it."""
    other = make_person(email="")
    if withdrew_last:
        on_paper(other, text)
    agree(person, text)
    at("2026-10-13T09:00+05:00")
    actions.withdraw(person, by=person.user)
    if not withdrew_last:
        on_paper(other, text, date(2026, 10, 14) - timedelta(days=1))
        Consent.objects.in_force().update(given_at=clock.now() + timedelta(hours=1))

    merge(other, into=person, by=None)

    assert person.consents.in_force().exists() is not withdrew_last


def test_people_are_asked_until_they_answer_and_again_about_a_new_version(person, text):
    """Who withdrew has answered: nobody is asked until they give in."""
    asked = ConsentText.objects.waiting_for
    assert asked(person.user) == text
    assert asked(make_user()) is None

    agree(person, text)
    assert asked(person.user) is None
    actions.withdraw(person, by=person.user)
    assert asked(person.user) is None
    newer = make_consent_text(2)
    assert asked(person.user) == newer


def test_a_text_is_read_in_ones_language_or_in_english(text):
    assert text.language_for("ru") == "ru"
    assert text.language_for("fa") == "en"
    text.texts = {"tg": "Мо."}
    assert text.language_for("fa") == "tg"


def test_consents_are_in_a_copy_of_ones_data_and_stay_without_a_name(person, text):
    """PR-01, PR-03: that somebody agreed stays, not who."""
    consent = agree(person, text)
    held = {table.label: rows for table, rows in everything(subject_of(person))}
    assert list(held["lms.Consent"]) == [consent]

    erasure.anonymise(person, by=None, reason="She asked.")

    assert Consent.objects.in_force().get() == consent


def test_withdrawn_consents_are_shown_for_three_years(person, text, at):
    """PR-08"""
    agree(person, text)
    actions.withdraw(person, by=None)
    agree(person, text)
    at("2029-10-01T09:00+05:00")
    assert retention.keep_house().counts["consents"] == 0
    at("2029-10-20T09:00+05:00")

    assert retention.keep_house().counts["consents"] == 1
    assert person.consents.get().withdrawn_at is None
