"""The words of letters: tried, checked, kept, given back to the default."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms.actions.letter_texts import UnknownPlaceholder, back_to_default, save_text
from lms.forms.letter_texts import LetterTextForm
from lms.letters.composing import default_text, text_of, tried
from lms.letters.kinds import kind_of
from lms.models import LetterText
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

KIND = "lms/mail/enrolled"
WORDS = {"subject": "Your place", "body": "Good day, {name}. {training}"}


def address(locale="en", kind=KIND):
    return reverse("lms_letter_texts:edit", args=[locale, kind])


def test_nobody_but_administrators_opens_or_changes_the_words(client, cast):
    """PR-11"""

    for user in (cast.coordinator, cast.trainer, cast.observer, cast.participant):
        client.force_login(user)
        for url in (reverse("lms_letter_texts:index"), address()):
            assert "lms_letter_texts" not in client.get(url, follow=True).text
        client.post(address(), WORDS, follow=True)
        client.post(address(), {"default": "1"}, follow=True)

    assert not LetterText.objects.exists()


def test_the_preview_finds_only_people_of_ones_own_cohorts(cast):
    """PR-11"""
    theirs = WORDS | {"person": cast.other_person.email}
    form = LetterTextForm(theirs, for_user=cast.coordinator)

    assert not form.is_valid()
    assert cast.other_person.legal_name not in str(form.errors)
    own = LetterTextForm(
        WORDS | {"person": cast.person.email}, for_user=cast.coordinator
    )
    assert own.is_valid(), own.errors
    assert own.cleaned_data["person"] == cast.person


@pytest.mark.parametrize("field", ["subject", "body"])
def test_an_unknown_name_is_refused_with_its_field(field):
    """CM-04"""
    words = WORDS | {field: "For {nmae}"}

    with pytest.raises(UnknownPlaceholder, match=r"\{nmae\}") as refused:
        save_text(kind_of(KIND), locale="ru", by=None, **words)

    assert refused.value.field == field
    assert not LetterText.objects.exists()


def test_own_words_are_used_once_logged_and_given_back():
    """CM-04"""
    kind = kind_of(KIND)

    for _ in range(2):
        save_text(kind, locale="en", by=None, **WORDS)
    assert text_of(kind, "en") == (WORDS["subject"], WORDS["body"])
    assert text_of(kind, "ru") == default_text(kind, "ru")
    for _ in range(2):
        back_to_default(kind, locale="en", by=None)

    assert text_of(kind, "en") == default_text(kind, "en")
    logged = ModelLogEntry.objects.filter(action__endswith="_letter_text")
    actions = sorted(logged.values_list("action", flat=True))
    assert actions == ["lms.drop_letter_text", "lms.save_letter_text"]


def test_words_are_tried_with_samples_and_as_a_real_person(cast):
    kind = kind_of("lms/mail/session_cancelled")
    words = {"subject": "{when}", "body": "{name}: {reason}, {place}"}

    _subject, sample = tried(kind, "en", **words)
    _subject, real = tried(
        kind, "en", person=cast.person, place=cast.enrolment, **words
    )

    assert kind.samples["name"] in sample
    assert cast.person.legal_name in real
    # What is not known before the letter is written stays a sample.
    assert kind.samples["reason"] in real


def test_an_administrator_tries_keeps_and_takes_back_words(client, cast):
    """CM-04"""
    client.force_login(cast.administrator)

    page = client.get(address("tg"), follow=True)
    url = page.request["PATH_INFO"]
    bad = client.post(url, WORDS | {"body": "Good day, {nmae}"})
    assert "{nmae}" in str(bad.context["form"].errors["body"])
    assert "Good day, {nmae}" in bad.text

    as_them = WORDS | {"preview": "1", "person": cast.person.email}
    assert f"Good day, {cast.person.legal_name}." in client.post(url, as_them).text
    assert not LetterText.objects.exists()

    client.post(url, WORDS)
    assert LetterText.objects.get().body == WORDS["body"]
    assert (
        "own words" in client.get(reverse("lms_letter_texts:index"), follow=True).text
    )
    client.post(url, {"default": "1"})
    assert not LetterText.objects.exists()


def test_there_is_no_text_of_a_letter_or_language_that_is_not_known(client):
    client.force_login(make_cast().administrator)

    for url in (
        address("xx"),
        address(kind="lms/mail/none"),
        address(kind="lms/mail/cohort_letter"),
    ):
        assert client.get(url, follow=True).status_code == 404


def test_the_list_asks_the_same_for_one_and_three_texts(client):
    client.force_login(make_cast().administrator)
    page = client.get(reverse("lms_letter_texts:index"), follow=True)
    url = page.request["PATH_INFO"]

    asked = []
    for locale in ("en", "ru", "tg"):
        save_text(kind_of(KIND), locale=locale, by=None, **WORDS)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        asked.append(len(queries))

    assert len(set(asked)) == 1
