"""Consent on the screens: read, given, put off and withdrawn; written by few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from lms.actions import consents as actions
from lms.actions import slips
from lms.models import Consent, ConsentText, Person
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_consent_text,
    make_course,
    make_edition,
    make_enrolment,
    make_lesson,
    make_module,
    make_participant,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db

START = "2026-10-12T09:00+05:00"
WORDS = {"text_en": "We keep it.", "text_ru": "Мы храним.", "text_tg": "Мо."}
PAPER = {"language": "ru", "given_on": "2026-10-12"}


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.text = make_consent_text()
    return cast


def page(client, name, *args) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def agree(cast):
    return actions.give(cast.person, text=cast.text, language="en", by=cast.participant)


@pytest.mark.parametrize(
    "who", ["participant", "trainer", "marker", "coordinator", "observer", "stranger"]
)
def test_nobody_but_administrators_reads_or_writes_versions(client, cast, who):
    """PR-11"""
    draft = make_consent_text(2, published_at=None)
    client.force_login(getattr(cast, who))
    urls = [
        reverse("lms_consents:index"),
        reverse("lms_consents:add"),
        *(
            reverse(f"lms_consents:{name}", args=[draft.pk])
            for name in ("edit", "inspect", "publish")
        ),
    ]

    found = [client.get(url).status_code for url in urls]
    found += [client.post(url, WORDS).status_code for url in urls[1:]]

    assert set(found) <= {302, 403, 404, 405}
    draft.refresh_from_db()
    assert (ConsentText.objects.count(), draft.is_draft) == (2, True)


@pytest.mark.parametrize(
    "who",
    ["participant", "trainer", "marker", "observer", "other_coordinator", "stranger"],
)
def test_nobody_else_enters_a_paper_or_withdraws_for_somebody(client, cast, who):
    """PR-11: coordinators of another cohort do not even see the person."""
    agree(cast)
    client.force_login(getattr(cast, who))
    paper = reverse("lms_people:enter_paper", args=[cast.person.pk])
    withdraw = reverse("lms_people:withdraw_consent", args=[cast.person.pk])

    found = [
        client.post(paper, PAPER | {"text": cast.text.pk}).status_code,
        client.post(withdraw).status_code,
    ]

    assert set(found) <= {302, 403, 404}
    assert Consent.objects.in_force().get().how == Consent.How.ONLINE


def test_who_is_no_person_here_agrees_to_nothing(client, cast):
    client.force_login(cast.stranger)

    assert client.get(reverse("lms:my_consent")).status_code == 404
    for name in ("lms:give_consent", "lms:put_off"):
        url = reverse(name, args=[cast.text.pk])
        assert client.post(url, {"language": "en"}).status_code == 404
        assert client.get(url).status_code == 405
    assert client.post(reverse("lms:withdraw_consent")).status_code == 404
    assert not Consent.objects.exists()


def test_a_participant_reads_the_text_in_their_language_and_agrees_once(client, cast):
    client.force_login(cast.participant)
    with translation.override("ru"):
        read = client.get(reverse("lms:my_consent"))
    assert '<section class="card flow" lang="ru">' in read.content.decode()

    give = reverse("lms:give_consent", args=[cast.text.pk])
    for _click in range(2):
        assert client.post(give, {"language": "ru"}).url == reverse("lms:my_courses")

    consent = Consent.objects.get()
    assert (consent.person, consent.language) == (cast.person, "ru")
    assert give not in page(client, "lms:my_consent")


@pytest.mark.parametrize("language", ["", "xx", "<b>", "x" * 300])
def test_a_language_that_no_page_sends_is_refused(client, cast, language):
    client.force_login(cast.participant)

    url = reverse("lms:give_consent", args=[cast.text.pk])
    answer = client.post(url, {"language": language}, follow=True)

    assert answer.status_code == 200
    assert not Consent.objects.exists()


def test_a_page_opened_before_a_newer_text_leads_to_that_text(client, cast):
    client.force_login(cast.participant)
    newer = make_consent_text(2)

    url = reverse("lms:give_consent", args=[cast.text.pk])
    answer = client.post(url, {"language": "en"}, follow=True)

    assert "There is a newer text" in answer.content.decode()
    assert reverse("lms:give_consent", args=[newer.pk]) in answer.content.decode()


def test_not_now_leads_on_and_does_not_ask_again_in_this_sitting(client, cast):
    client.force_login(cast.participant)
    assert "We ask for your consent" in page(client, "lms:my_courses")

    answer = client.post(reverse("lms:put_off", args=[cast.text.pk]))

    assert answer.url == reverse("lms:my_courses")
    assert "We ask for your consent" not in page(client, "lms:my_courses")
    assert not Consent.objects.exists()
    make_consent_text(2)
    assert "We ask for your consent" in page(client, "lms:my_courses")


def test_the_course_page_asks_its_participants_and_nobody_else(client, cast):
    course = make_course()
    lesson = make_lesson(make_module(course))
    person = make_participant()
    make_enrolment(person, make_cohort(make_edition(course, lesson)))
    client.force_login(cast.participant)
    assert "We ask for your consent" not in client.get(course.url).content.decode()

    client.force_login(person.user)

    assert "We ask for your consent" in client.get(course.url).content.decode()
    # Learning goes on: the lesson is open, and does not ask.
    lesson_page = client.get(lesson.url)
    assert lesson_page.status_code == 200
    assert "We ask for your consent" not in lesson_page.content.decode()


def test_a_participant_withdraws_on_the_page_of_their_data_and_can_agree_again(
    client, cast
):
    agree(cast)
    client.force_login(cast.participant)
    url = reverse("lms:withdraw_consent")
    assert url in page(client, "lms:my_data")

    for _click in range(2):
        assert client.post(url).url == reverse("lms:my_data")

    assert not Consent.objects.in_force().exists()
    assert url not in page(client, "lms:my_data")
    assert "We ask for your consent" not in page(client, "lms:my_courses")
    again = reverse("lms:give_consent", args=[cast.text.pk])
    assert again in page(client, "lms:my_consent")


def test_without_a_published_text_nobody_is_asked(client, cast):
    ConsentText.objects.update(published_at=None)
    client.force_login(cast.participant)

    assert "We ask for your consent" not in page(client, "lms:my_courses")
    assert "do not ask for your consent" in page(client, "lms:my_consent")
    draft = reverse("lms:give_consent", args=[cast.text.pk])
    assert client.post(draft, {"language": "en"}, follow=True).status_code == 200
    assert not Consent.objects.exists()


@pytest.mark.parametrize("ticked", [True, False])
def test_a_slip_offers_the_box_unticked_and_it_is_optional(client, cast, ticked):
    nigina = make_person(email="")
    make_enrolment(nigina, cast.cohort)
    ((_slip, code),) = slips.print_slips(cast.cohort, people=[nigina], by=cast.trainer)
    client.get(reverse("lms:open_slip", args=[code]))
    asked = page(client, "lms:slip_account")
    assert 'name="consent_1"' in asked
    assert "checked" not in asked
    answers = {"username": "nigina", "password": "a-long-sentence-of-hers"}
    answers |= {"again": answers["password"]} | ({"consent_1": "on"} if ticked else {})

    client.post(reverse("lms:slip_account"), answers)

    assert Person.objects.get(pk=nigina.pk).user.username == "nigina"
    assert Consent.objects.filter(person=nigina).exists() is ticked


def test_the_first_profile_offers_the_box_and_an_old_box_agrees_to_nothing(
    client, cast
):
    user = make_user(email="")
    client.force_login(user)
    about = {
        "legal_name": "Нав",
        "sex": "f",
        "audience": "police",
        "region": "sughd",
        "locale": "tg",
    }
    make_consent_text(2)
    assert 'name="consent_2"' in page(client, "account_pages:profile")

    client.post(reverse("account_pages:profile"), about | {"consent_1": "on"})

    assert Person.objects.get(user=user).legal_name == "Нав"
    assert not Consent.objects.exists()


def test_an_administrator_drafts_looks_and_publishes(client, cast):
    client.force_login(cast.administrator)
    client.post(reverse("lms_consents:add"), WORDS | {"text_tg": ""})
    draft = ConsentText.objects.get(version=2)
    publish = reverse("lms_consents:publish", args=[draft.pk])

    refused = client.post(publish, WORDS | {"text_tg": ""})
    assert list(refused.context["form"].errors) == ["text_tg"]
    assert "missing in this language" in refused.content.decode()
    client.post(reverse("lms_consents:edit", args=[draft.pk]), WORDS)
    assert "Мо." in page(client, "lms_consents:inspect", draft.pk)
    client.post(publish, WORDS)
    client.post(publish, WORDS)

    draft.refresh_from_db()
    assert ConsentText.objects.current() == draft
    edit = reverse("lms_consents:edit", args=[draft.pk])
    assert client.get(edit, follow=True).status_code == 404


def test_a_draft_of_nothing_and_a_second_draft_keep_what_was_typed(client, cast):
    client.force_login(cast.administrator)
    url = reverse("lms_consents:add")
    nothing = client.post(url, {"text_en": " "})
    assert list(nothing.context["form"].errors) == ["text_en"]
    client.post(url, WORDS)

    other = client.post(url, WORDS | {"text_en": "Typed by a colleague."})

    assert "Somebody has begun version 2" in other.content.decode()
    assert "Typed by a colleague." in other.content.decode()
    assert ConsentText.objects.get(version=2).texts["en"] == "We keep it."


def test_what_a_colleague_changed_meanwhile_is_not_published_unread(client, cast):
    client.force_login(cast.administrator)
    client.post(reverse("lms_consents:add"), WORDS)
    draft = ConsentText.objects.get(version=2)
    actions.change(draft, {"en": "We sell it.", "ru": "x", "tg": "x"}, by=None)

    answer = client.post(reverse("lms_consents:publish", args=[draft.pk]), WORDS)

    assert "Read it again" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.is_draft


def test_each_version_says_how_many_agree(client, cast):
    agree(cast)
    actions.enter_paper(
        cast.other_person,
        text=cast.text,
        language="ru",
        given_on=cast.text.published_at.date(),
        by=cast.administrator,
    )
    actions.withdraw(cast.other_person, by=cast.other_participant)
    client.force_login(cast.administrator)

    version = client.get(reverse("lms_consents:inspect", args=[cast.text.pk]))
    listed = client.get(reverse("lms_consents:index"))

    assert version.context["counts"] == {"online": 1, "paper": 0, "withdrawn": 1}
    assert [row.agreed for row in listed.context["object_list"]] == [1]


def test_a_coordinator_enters_a_paper_and_sees_it_on_the_person(client, cast):
    """PR-07: whose it is and who entered it stand side by side."""
    client.force_login(cast.coordinator)
    url = reverse("lms_people:enter_paper", args=[cast.person.pk])
    wrong = PAPER | {"text": cast.text.pk, "given_on": "2027-01-01"}
    refused = client.post(url, wrong)
    assert list(refused.context["form"].errors) == ["given_on"]
    assert "2027-01-01" in refused.content.decode()

    client.post(url, PAPER | {"text": cast.text.pk})

    consent = Consent.objects.get()
    assert (consent.person, consent.by) == (cast.person, cast.coordinator)
    shown = page(client, "lms_people:inspect", cast.person.pk)
    assert str(cast.coordinator) in shown
    client.post(reverse("lms_people:withdraw_consent", args=[cast.person.pk]))
    assert not Consent.objects.in_force().exists()


def test_a_trainer_does_not_see_what_a_person_agreed_to(client, cast):
    agree(cast)
    client.force_login(cast.trainer)

    assert "Version 1" not in page(client, "lms_people:inspect", cast.person.pk)


def test_the_list_asks_as_often_for_three_versions_as_for_one(client, cast):
    client.force_login(cast.administrator)
    one = _queries(client, reverse("lms_consents:index"))
    for version in (2, 3):
        make_consent_text(version)

    assert _queries(client, reverse("lms_consents:index")) == one


def _queries(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
