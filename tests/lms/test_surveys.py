"""Surveys: everybody is asked once, and nobody can be told from the answers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions import surveys as actions
from lms.actions.messages import send_due
from lms.letters.about import About
from lms.letters.needed import survey_over
from lms.models import (
    Enrolment,
    Message,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyTemplate,
)
from tests.factories import (
    make_cohort,
    make_enrolment,
    make_participant,
    make_person,
)

from .asking import GOOD, answer_all, completed, make_survey, token_of

pytestmark = pytest.mark.django_db


def invitation_of(enrolment):
    return SurveyInvitation.objects.get(enrolment=enrolment)


def test_a_made_up_token_opens_nothing(client):
    assert client.get(reverse("lms:survey", args=["x" * 32])).status_code == 404


def test_everybody_with_a_place_is_asked_once_by_letter():
    cohort = make_cohort()
    active, done = make_enrolment(cohort=cohort), completed(cohort)
    make_enrolment(cohort=cohort, status="withdrawn")
    make_enrolment(cohort=cohort, status="waitlisted")

    survey = make_survey(cohort)
    again = make_survey(cohort)

    asked = set(survey.invitations.values_list("enrolment", flat=True))
    assert (again, asked) == (survey, {active.pk, done.pk})
    letters = Message.objects.filter(template="lms/mail/survey")
    assert {letter.context["after"] for letter in letters} == {"end"}
    assert letters.count() == 2
    assert ModelLogEntry.objects.filter(action="lms.open_survey").count() == 1


def test_a_later_survey_asks_only_who_completed():
    cohort = make_cohort()
    make_enrolment(cohort=cohort)
    done = completed(cohort)

    survey = make_survey(cohort, kind="3m")

    assert [one.enrolment for one in survey.invitations.all()] == [done]


def test_the_token_itself_is_kept_nowhere_but_in_the_letter():
    enrolment = make_enrolment()
    make_survey(enrolment.cohort)

    token = token_of(enrolment)

    stored = SurveyInvitation.objects.values_list("token_hash", flat=True)
    assert token not in stored
    assert list(SurveyInvitation.objects.with_token(token)) == [
        invitation_of(enrolment)
    ]


def test_a_link_is_answered_without_signing_in_and_once(client):
    enrolment = make_enrolment()
    make_survey(enrolment.cohort)
    address = reverse("lms:survey", args=[token_of(enrolment)])

    page = client.get(address)
    thanks = client.post(address, {"useful": "4", "pace": "1", "best": " Talks "})
    again = client.post(address, {"useful": "1"})

    assert "What I learnt is useful for my work." in page.content.decode()
    assert "Thank you" in thanks.content.decode()
    [answer] = SurveyAnswer.objects.all()
    assert answer.values == {"useful": 4, "pace": 1, "best": "Talks"}
    assert again.status_code == 410
    assert "You have answered already" in again.content.decode()


def test_an_answer_says_neither_who_nor_when(at):
    at("2026-10-12T23:30+05:00")
    enrolment = make_enrolment()
    survey = make_survey(enrolment.cohort)
    answer_all(survey, GOOD)

    fields = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert fields == {"id", "survey", "values", "is_shown"}
    assert SurveyAnswer.objects.get().pk.version == 4
    assert invitation_of(enrolment).answered_on == date(2026, 10, 12)
    assert not ModelLogEntry.objects.filter(data__icontains="useful").exists()


def test_answers_do_not_stand_in_the_order_in_which_they_came():
    survey = make_survey(people=30)
    answer_all(survey, *({"best": str(n)} for n in range(30)))

    told = [answer.values["best"] for answer in SurveyAnswer.objects.all()]
    assert told != sorted(told, key=int)


def test_an_empty_answer_is_asked_again(client):
    enrolment = make_enrolment()
    make_survey(enrolment.cohort)
    address = reverse("lms:survey", args=[token_of(enrolment)])

    answer = client.post(address, {})

    assert "Answer at least one question" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()
    assert invitation_of(enrolment).answered_on is None


@pytest.mark.parametrize("data", [{"useful": "6"}, {"pace": "9"}, {"best": "x" * 2001}])
def test_what_no_page_sends_is_refused_and_what_was_written_is_kept(client, data):
    enrolment = make_enrolment()
    make_survey(enrolment.cohort)
    address = reverse("lms:survey", args=[token_of(enrolment)])

    answer = client.post(address, {"change": "More time"} | data)

    assert answer.status_code == 200
    assert "More time" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_before_the_first_day_and_after_the_last_nobody_answers(client, at):
    now = at("2026-10-12T12:00+05:00")
    enrolment = make_enrolment()
    make_survey(enrolment.cohort, days=3)
    address = reverse("lms:survey", args=[token_of(enrolment)])

    at(now + timedelta(days=3))
    last_day = client.get(address)
    at(now + timedelta(days=4))
    late = client.post(address, {"useful": "4"})

    assert (last_day.status_code, late.status_code) == (200, 410)
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize("change", ["withdrawn", "anonymised"])
def test_who_has_left_is_asked_no_more(client, change):
    enrolment = make_enrolment()
    make_survey(enrolment.cohort)
    token = token_of(enrolment)
    if change == "withdrawn":
        enrolment.status = Enrolment.Status.WITHDRAWN
        enrolment.save()
    else:
        enrolment.person.anonymised_at = clock.now()
        enrolment.person.save()

    address = reverse("lms:survey", args=[token])
    assert client.post(address, {"useful": "4"}).status_code == 410
    assert not SurveyAnswer.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [("answered", "answered"), ("closed", "too_late"), ("withdrawn", "ended")],
)
def test_the_letter_is_dropped_when_nothing_is_asked_any_more(at, change, reason):
    """CM-02"""
    at("2026-10-12T12:00+05:00")
    enrolment = make_enrolment()
    survey = make_survey(enrolment.cohort)
    if change == "answered":
        answer_all(survey, GOOD)
    elif change == "closed":
        actions.close_survey(survey, by=None)
    else:
        Enrolment.objects.filter(pk=enrolment.pk).update(status="withdrawn")

    context = {"survey": survey.pk, "enrolment": enrolment.pk}
    assert survey_over(About(enrolment.person, context)) == reason
    send_due()
    assert Message.objects.get().state == Message.State.DROPPED


def test_questions_are_kept_as_they_were_asked():
    survey = make_survey()
    other = [
        {"key": "x", "kind": "text", "texts": {"en": "Else?"}, "options": {"en": []}}
    ]

    actions.change_questions("end", questions=other, by=None)

    survey.refresh_from_db()
    assert survey.questions[0]["key"] == "useful"
    assert make_survey().questions == other


def test_the_last_day_comes_after_the_first():
    today = clock.now().date()

    with pytest.raises(actions.DaysReversed) as refusal:
        actions.open_survey(
            make_cohort(),
            kind="end",
            opens_on=today,
            closes_on=today - timedelta(days=1),
            by=None,
        )

    assert refusal.value.field == "closes_on"


def test_a_cancelled_cohort_is_not_asked():
    with pytest.raises(actions.CohortCancelled):
        make_survey(status="cancelled")


def test_my_courses_offers_the_survey_while_it_is_open(client):
    person = make_participant()
    enrolment = make_enrolment(person)
    survey = make_survey(enrolment.cohort)
    client.force_login(person.user)
    address = reverse("lms:my_survey", args=[survey.pk])

    before = client.get(reverse("lms:my_courses")).content.decode()
    client.post(address, {"useful": "5"})
    after = client.get(reverse("lms:my_courses")).content.decode()

    assert address in before
    assert address not in after


def test_after_three_and_six_months_who_completed_is_asked_once(at):
    at("2026-01-10T09:00+05:00")
    cohort = make_cohort(ends_on=date(2026, 1, 31))
    done = completed(cohort)
    make_enrolment(cohort=cohort)

    sent = []
    for day in ("04-30", "05-01", "05-02", "07-30", "07-31", "08-01"):
        now = at(f"2026-{day}T02:00+05:00")
        sent.append(actions.survey_followups(now))

    assert sent == [0, 1, 0, 0, 1, 0]
    letters = Message.objects.order_by("pk")
    assert [letter.context["after"] for letter in letters] == ["3m", "6m"]
    assert {letter.person for letter in letters} == {done.person}
    assert letters[0].due_at.isoformat() == "2026-05-01T04:00:00+00:00"


@pytest.mark.parametrize(
    "fields", [{"status": "cancelled"}, {"ends_on": date(2025, 10, 1)}]
)
def test_no_follow_up_of_what_was_cancelled_or_is_long_ago(at, fields):
    at("2026-04-30T02:00+05:00")
    days = {"starts_on": date(2025, 9, 1), "ends_on": date(2026, 1, 30)}
    completed(make_cohort(**days | fields))

    assert actions.survey_followups() == 0


def test_no_follow_up_goes_to_who_was_anonymised_or_merged(at):
    at("2026-04-30T02:00+05:00")
    cohort = make_cohort(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 30))
    completed(cohort, anonymised_at=clock.now())
    completed(cohort, merged_into=make_person())

    assert actions.survey_followups() == 0


def test_who_comes_late_into_an_open_survey_is_asked_by_night():
    survey = make_survey()
    make_enrolment(cohort=survey.cohort)

    assert (actions.survey_followups(), actions.survey_followups()) == (1, 0)


def test_the_database_knows_one_survey_for_each_time_and_cohort():
    survey = make_survey()

    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.create(
            cohort=survey.cohort,
            kind="end",
            questions=[],
            opens_on=survey.opens_on,
            closes_on=survey.closes_on,
        )


def test_the_default_questions_are_there_in_every_language():
    for kind in ("end", "3m", "6m"):
        for question in SurveyTemplate.objects.questions(kind):
            assert set(question["texts"]) == {"en", "ru", "tg"}
            assert all(question["texts"].values())
