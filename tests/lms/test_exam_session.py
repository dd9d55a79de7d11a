"""A locked session: only its own pages, signing out and help (QZ-55)."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.actions.questions import freeze_question
from lms import exam_session
from lms.models import Attempt
from tests.access_cast import make_rows
from tests.access_rows import arguments
from tests.access_table import addresses
from tests.factories import make_question

from .rooms import START, a_ticket, make_room_cast, open_room
from .sitting import answers

pytestmark = pytest.mark.django_db

ITS_OWN = {"lms:attempt", "lms:unanswered"}
# A post alone, or it leads back to the attempt by itself.
POSTED = {f"lms:{name}" for name in ("save", "save_answer", "check", "submit")}
POSTED.add("lms:leave_exam")


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    return make_room_cast(minutes=None)


def come_with_ticket(client, code):
    client.post(reverse("lms:enter_ticket"), {"code": code})
    return client.post(reverse("lms:begin_with_ticket"))


@pytest.fixture
def sat(client, cast):
    """Nigina sits the quiz with her ticket."""
    _ticket, cast.code = a_ticket(cast)
    come_with_ticket(client, cast.code)
    cast.attempt = Attempt.objects.get()
    return client


def page(cast, name="attempt"):
    return reverse(f"lms:{name}", args=[cast.attempt.pk])


def hand_in(client, cast):
    given = {
        f"answer-{place}": answer["chosen"]
        for place, answer in answers(cast.attempt).items()
    }
    return client.post(page(cast, "submit"), given | {"confirmed": "1"})


def test_a_ticket_begins_the_quiz_without_any_account(client, cast):
    """QZ-54: after having said whose it is; nothing is used before."""
    ticket, code = a_ticket(cast)

    opened = client.get(reverse("lms:open_ticket", args=[code]))
    asked = client.get(opened.url).content.decode()
    ticket.refresh_from_db()
    before = ticket.first_used_at
    begun = client.post(opened.url)

    attempt = Attempt.objects.get()
    assert opened.url == reverse("lms:begin_with_ticket")
    assert cast.nigina.person.legal_name in asked
    assert code not in asked
    assert before is None
    assert begun.url == reverse("lms:attempt", args=[attempt.pk])
    assert (attempt.enrolment, attempt.sitting) == (cast.nigina, cast.sitting)
    assert "_auth_user_id" not in client.session
    assert code not in str(dict(client.session))
    assert client.get(begun.url).status_code == 200


def test_a_locked_session_reaches_only_its_own_pages_signing_out_and_help(sat, cast):
    """QZ-55: every address of the site, whatever stands there."""
    rows = make_rows()
    reached, elsewhere = set(), {}
    for name, address in addresses().items():
        if address.path.startswith(("admin/", "documents/")) or not address.is_ours:
            continue
        own = name in exam_session.ITS_OWN
        given = [cast.attempt.pk] if own else _arguments(rows, name, address)
        if given is None:
            continue
        answer = sat.get(reverse(name, args=given))
        if answer.status_code == 302 and answer.url == page(cast):
            continue
        (
            reached.add(name)
            if answer.status_code == 200
            else elsewhere.update({name: answer.status_code})
        )

    dressing = {"courses:cover", "home:robots"}
    dressing |= {f"home:{name}" for name in ("brand_css", "band", "cover", "favicon")}
    away = {"lms:line_away", "lms:line_away_worker"}
    assert reached == ITS_OWN | {"lms:exam_help"} | away | dressing & reached
    assert set(elsewhere) <= POSTED | dressing | {"courses:picture"}
    assert set(elsewhere.values()) <= {405, 404, 302}


def _arguments(rows, name, address):
    if not address.has_parameters:
        return []
    try:
        return arguments(rows, name)
    except KeyError:
        return None


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/", "/en/", "/en/accounts/login/", "/en/my/"]
)
def test_wagtail_and_the_sign_in_lead_back_to_the_attempt_too(sat, cast, path):
    """QZ-55."""
    answer = sat.get(path, follow=True)

    last = answer.redirect_chain[-1][0] if answer.redirect_chain else path
    assert last == page(cast)
    assert "Hand it in first" in answer.content.decode()


def test_the_attempt_of_somebody_else_leads_back_to_ones_own(sat, cast):
    """QZ-55, QZ-21."""
    cast.quiz.is_supervised = False
    other = Attempt.objects.create(
        enrolment=cast.enrolment,
        quiz_key=cast.quiz.translation_key,
        number=1,
        rules={},
        language="en",
        started_at=cast.attempt.started_at,
        out_of=1,
    )

    for name in ("attempt", "unanswered", "result"):
        assert sat.get(reverse(f"lms:{name}", args=[other.pk])).url == page(cast)
    assert sat.post(reverse("lms:submit", args=[other.pk])).url == page(cast)
    other.refresh_from_db()
    assert other.is_running


def test_answers_are_saved_and_handed_in_with_a_ticket(sat, cast):
    """QZ-55."""
    place, answer = next(iter(answers(cast.attempt).items()))
    fields = {f"answer-{place}": answer["chosen"], f"sequence-{place}": "1"}

    saved = sat.post(page(cast, "save_answer"), fields)
    done = hand_in(sat, cast)

    assert saved.status_code == 200
    assert done.url == page(cast, "result")
    cast.attempt.refresh_from_db()
    assert cast.attempt.has_passed


def test_answers_of_a_practice_quiz_are_checked_in_a_locked_session_too(sat, cast):
    """QZ-55."""
    cast.attempt.rules["tries"] = 1
    cast.attempt.save()
    place, answer = next(iter(answers(cast.attempt).items()))
    fields = {f"answer-{place}": answer["chosen"], f"sequence-{place}": "1"}

    checked = sat.post(page(cast, "check"), fields | {"check": str(place)})

    assert checked.url == f"{page(cast)}#q{place}"
    assert cast.attempt.responses.get(place=place).is_locked


def test_the_lock_opens_once_the_result_was_seen_and_forgets_who_sat_there(sat, cast):
    """QZ-55, QZ-20: the computer is for the next person."""
    hand_in(sat, cast)
    unseen = sat.get(reverse("lms:my_courses"))
    result = sat.get(page(cast, "result")).content.decode()
    left = sat.post(reverse("lms:leave_exam"))

    assert unseen.url == page(cast, "result")
    assert reverse("lms:leave_exam") in result
    assert left.url == reverse("lms:enter_ticket")
    assert dict(sat.session) == {}
    assert sat.get(page(cast, "result")).status_code == 302


def test_going_elsewhere_after_the_result_opens_the_lock_as_well(sat, cast):
    """QZ-55."""
    hand_in(sat, cast)
    sat.get(page(cast, "result"))

    assert sat.get(reverse("lms:enter_ticket")).status_code == 200
    assert "exam" not in sat.session


def test_nobody_leaves_while_the_attempt_runs(sat, cast):
    """QZ-55."""
    assert sat.post(reverse("lms:leave_exam")).url == page(cast)
    assert sat.get(page(cast)).status_code == 200


def test_a_ticket_whose_time_is_over_ends_the_session(sat, cast, at):
    """QZ-54, QZ-55: a minute later, for what a bad line may take."""
    at("2026-10-12T10:00:50+05:00")
    assert sat.get(page(cast, "unanswered")).status_code == 200

    at("2026-10-12T10:01:10+05:00")
    answer = sat.get(page(cast), follow=True)

    assert "The time of your ticket is over." in answer.content.decode()
    assert "exam" not in sat.session


def test_a_computer_that_stopped_is_left_for_another_one_with_the_same_ticket(
    sat, cast
):
    """QZ-54."""
    another = Client()

    begun = come_with_ticket(another, cast.code)

    assert begun.url == page(cast)
    assert another.get(begun.url).status_code == 200
    assert Attempt.objects.count() == 1


def test_a_ticket_does_nothing_in_the_session_of_somebody_signed_in(client, cast):
    _ticket, code = a_ticket(cast)
    client.force_login(cast.participant)

    answer = come_with_ticket(client, code)

    assert "is open on this device" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_who_is_signed_in_is_locked_too_and_stays_signed_in_afterwards(client, cast):
    """QZ-55: where the sitting is locked."""
    client.force_login(cast.participant)
    code = reverse("lms:room_code", args=[cast.quiz.translation_key])
    client.post(code, {"code": cast.sitting.code})
    cast.attempt = Attempt.objects.get()
    client.get(page(cast))

    locked = client.get(reverse("lms:my_courses"))
    hand_in(client, cast)
    client.get(page(cast, "result"))
    left = client.post(reverse("lms:leave_exam"))

    assert locked.url == page(cast)
    assert left.url == reverse("lms:my_courses")
    assert client.get(left.url).status_code == 200


def test_signing_out_is_open_and_another_session_of_the_attempt_is_locked(client, cast):
    """QZ-55."""
    client.force_login(cast.participant)
    code = reverse("lms:room_code", args=[cast.quiz.translation_key])
    client.post(code, {"code": cast.sitting.code})
    cast.attempt = Attempt.objects.get()
    client.get(page(cast))

    out = client.get(reverse("account_logout"))
    client.post(reverse("account_logout"))
    client.force_login(cast.participant)
    client.get(page(cast))

    assert out.status_code == 200
    assert client.get(reverse("lms:my_courses")).url == page(cast)


def test_a_sitting_that_is_not_locked_locks_nobody(client, cast):
    sitting = open_room(cast, is_locked=False)
    client.force_login(cast.participant)
    code = reverse("lms:room_code", args=[cast.quiz.translation_key])
    client.post(code, {"code": sitting.code})
    client.get(reverse("lms:attempt", args=[Attempt.objects.get().pk]))

    assert client.get(reverse("lms:my_courses")).status_code == 200


@pytest.mark.indexed
def test_the_pictures_of_its_questions_are_seen_and_no_others(client, cast):
    """QZ-55."""
    images = [
        get_image_model().objects.create(title=name, file=get_test_image_file(name))
        for name in ("asked.png", "other.png")
    ]
    for image in images:
        stem = f'<p>Where?</p><embed embedtype="image" id="{image.pk}" alt="x"/>'
        question = make_question(stem=stem)
        freeze_question(question, by=None)
        if image is images[0]:
            slot = cast.quiz.slots.get()
            slot.question = question
            slot.save()
    _ticket, code = a_ticket(cast)
    come_with_ticket(client, code)

    answers = [
        client.get(reverse("courses:picture", args=[image.file.name]))
        for image in images
    ]

    assert answers[0].status_code == 200
    assert answers[1].status_code in (302, 403, 404)
