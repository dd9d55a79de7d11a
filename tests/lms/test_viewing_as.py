"""PR-07: staff see the site as a participant does: to read, marked, logged, ended."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms import roles
from lms.actions.viewing import CannotViewAs, start_viewing
from lms.models import Attempt, Progress
from tests.access_cast import make_rows
from tests.factories import make_enrolment, make_person, make_staff

pytestmark = pytest.mark.django_db

# A picture made smaller for a page is nobody's record.
WRITING = re.compile(r"(?!.*wagtailimages_rendition)(INSERT|UPDATE|DELETE)", re.I)
REASON = "She says the lesson does not open."


@pytest.fixture(scope="module")
def cast_once(once):
    return make_rows()


@pytest.fixture
def looking(client, cast):
    """A coordinator who looks through the participant's eyes."""
    client.force_login(cast.coordinator)
    begin(client, cast.person)
    return client


def begin(client, person):
    return client.post(
        reverse("lms_people:view_as", args=[person.pk]), {"reason": REASON}
    )


def entries(person):
    rows = ModelLogEntry.objects.filter(object_id=str(person.pk))
    found = rows.filter(action__contains="view").order_by("pk")
    return [(row.action, row.user, row.data) for row in found]


@pytest.mark.parametrize(
    "who", ["trainer", "marker", "observer", "other_coordinator", "participant"]
)
def test_only_the_cohorts_coordinator_and_administrators_look(client, cast, who):
    """PR-07, PR-11: the door and the verb both refuse everybody else."""
    client.force_login(getattr(cast, who))

    begin(client, cast.person)
    page = client.get(reverse("lms:my_courses"))

    assert page.context["user"] == getattr(cast, who)
    assert entries(cast.person) == []
    with pytest.raises(CannotViewAs):
        start_viewing(cast.person, by=getattr(cast, who), reason=REASON)


def test_the_participants_pages_are_shown_with_a_banner(looking, cast):
    page = looking.get(reverse("lms:my_courses"))

    assert page.context["user"] == cast.participant
    assert f"<strong>{cast.person.legal_name}</strong>" in page.content.decode()
    assert reverse("lms:stop_viewing_as") in page.content.decode()


def test_every_page_of_the_participant_carries_the_banner(looking, cast):
    for url in readable(cast):
        page = looking.get(url)
        assert (url, page.status_code) == (url, 200)
        assert reverse("lms:stop_viewing_as") in page.content.decode(), url


def readable(cast):
    return [
        reverse("lms:my_courses"),
        reverse("lms:attempt", args=[cast.attempt.pk]),
        reverse("lms:unanswered", args=[cast.attempt.pk]),
        reverse("lms:my_attendance", args=[cast.enrolment.pk]),
        reverse("certificates:mine"),
        cast.course.url,
        cast.lesson.url,
        cast.quiz.url,
    ]


def test_reading_as_a_participant_writes_nothing(looking, cast):
    """CO-13: no progress, no last sign-in, no log entry."""
    seen_before = cast.participant.last_login
    for url in readable(cast):
        with CaptureQueriesContext(connection) as queries:
            looking.get(url)
        assert [q["sql"] for q in queries if WRITING.match(q["sql"])] == [], url

    cast.participant.refresh_from_db()
    assert cast.participant.last_login == seen_before


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("opened", "lesson.translation_key"),
        ("complete", "lesson.translation_key"),
        ("self_check", "lesson.translation_key"),
        ("undo", "lesson.translation_key"),
        ("start_attempt", "quiz.translation_key"),
        ("save", "attempt.pk"),
        ("save_answer", "attempt.pk"),
        ("submit", "attempt.pk"),
    ],
)
def test_staff_viewing_as_participant_create_no_record(looking, cast, name, argument):
    """CO-13: whatever is sent is refused with a page that says why."""
    value = cast
    for attribute in argument.split("."):
        value = getattr(value, attribute)
    before = records(cast)

    answer = looking.post(reverse(f"lms:{name}", args=[value]), {"confirmed": "1"})

    assert answer.status_code == 403
    assert "Nothing was saved" in answer.content.decode()
    assert records(cast) == before


def records(cast):
    progress = Progress.objects.order_by("pk").values_list()
    attempts = Attempt.objects.order_by("pk").values_list()
    return list(progress), list(attempts)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused_too(looking, method):
    answer = getattr(looking, method)(reverse("lms:my_courses"))

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_home",
        "lms_people:index",
        "lms_reports:people_trained",
        "account_pages:profile",
        "account_email",
        "account_change_password",
        "mfa_index",
    ],
)
def test_admin_account_and_second_step_stay_shut(looking, name):
    """PR-07"""
    assert looking.get(reverse(name)).status_code == 403


def test_a_view_never_leads_into_another(looking, cast):
    second = make_enrolment(cohort=cast.cohort).person

    begin(looking, second)

    assert looking.get(reverse("lms:my_courses")).context["user"] == cast.participant
    assert entries(second) == []


def test_the_lesson_of_another_course_stays_shut(looking, cast):
    assert looking.get(cast.other_lesson.url).status_code == 403


def test_start_and_stop_are_logged_with_the_reason(looking, cast, at):
    """PR-07"""
    looking.post(reverse("lms:stop_viewing_as"))

    (began, by, data), (ended, by_too, how) = entries(cast.person)
    assert (began, ended) == ("lms.view_as", "lms.stop_viewing_as")
    assert by == by_too == cast.coordinator
    assert (data["reason"], how) == (REASON, {"ended": "asked"})
    assert looking.get(reverse("lms:my_courses")).context["user"] == cast.coordinator


def test_without_a_reason_nothing_begins(client, cast):
    client.force_login(cast.coordinator)

    page = client.post(reverse("lms_people:view_as", args=[cast.person.pk]), {})

    assert "reason" in page.context["form"].errors
    assert entries(cast.person) == []


def test_it_ends_by_itself_after_half_an_hour(client, cast, at):
    """PR-07"""
    at("2026-10-12T09:00+05:00")
    client.force_login(cast.coordinator)
    begin(client, cast.person)

    at("2026-10-12T09:29:59+05:00")
    assert client.get(reverse("lms:my_courses")).context["user"] == cast.participant
    at("2026-10-12T09:30+05:00")
    assert client.get(reverse("lms:my_courses")).context["user"] == cast.coordinator

    assert entries(cast.person)[-1][2] == {"ended": "time"}


def test_signing_out_ends_it(looking, cast):
    """PR-07"""
    looking.post(reverse("account_logout"))

    assert entries(cast.person)[-1][1:] == (cast.coordinator, {"ended": "sign_out"})
    assert looking.get(reverse("lms:my_courses")).status_code == 302


def test_who_loses_the_role_no_longer_looks(looking, cast):
    cast.cohort.staff.filter(user=cast.coordinator).delete()

    page = looking.get(reverse("lms:my_courses"))

    assert page.context["user"] == cast.coordinator
    assert entries(cast.person)[-1][2] == {"ended": "right"}


def test_nobody_looks_through_the_eyes_of_staff(cast):
    """PR-07: it would lend rights one does not have."""
    trainer = make_enrolment(make_person(user=cast.other_trainer), cast.cohort).person
    boss = make_enrolment(make_person(user=cast.administrator), cast.cohort).person
    make_staff(cast.other_cohort, user=cast.participant)

    for person in (trainer, boss, cast.person):
        with pytest.raises(CannotViewAs):
            start_viewing(person, by=cast.coordinator, reason=REASON)


def test_who_has_no_account_has_no_view(cast):
    person = make_enrolment(make_person(), cast.cohort).person

    with pytest.raises(CannotViewAs, match="no account"):
        start_viewing(person, by=cast.coordinator, reason=REASON)


def test_an_administrator_looks_as_anybody(client, cast):
    client.force_login(cast.administrator)
    begin(client, cast.other_person)

    page = client.get(reverse("lms:my_courses"))

    assert page.context["user"] == cast.other_participant


def test_who_became_administrator_meanwhile_is_no_longer_shown(looking, cast):
    cast.participant.groups.add(Group.objects.get(name=roles.ADMINISTRATORS))

    page = looking.get(reverse("lms:my_courses"))

    assert page.context["user"] == cast.coordinator


def test_a_page_that_asks_nobodys_name_reads_no_session(client, cast):
    """Files for everybody stay the same for everybody in every cache."""
    client.force_login(cast.coordinator)

    cover = client.get(reverse("home:cover", args=[cast.course.translation_key]))

    assert "Cookie" not in cover.get("Vary", "")
