"""The pages of checking in, as participants see them."""

from copy import deepcopy
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from courses import clock
from lms.actions import attendance
from lms.models import Mark, MarkEvent, MarkStatus, RefusedCheckIn
from lms.views.check_in import TICKET
from tests.factories import confirm_email, make_enrolment, make_participant

from .checking_in import at_nine, make_scene, marked, refused, wall

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once):
    return make_scene()


@pytest.fixture
def scene(scene_once, db, at):
    at(at_nine("09:00:00"))
    return deepcopy(scene_once)


@pytest.fixture
def one(scene):
    return scene.places[0]


@pytest.fixture
def phone(client, one):
    """The phone of the first participant, signed in."""
    client.force_login(one.person.user)
    return client


def page(scene) -> str:
    return reverse("lms:check_in", args=[scene.session.pk])


def square(scene, code=None) -> str:
    """The address in the square on the wall."""
    return reverse("lms:scan", args=[scene.session.pk, code or wall(scene.session)])


def text(response) -> str:
    return response.content.decode()


def sign_in(client, place, path):
    confirm_email(place.person)
    fields = {"login": place.person.user.username, "password": "secret"}
    return client.post(path, fields)


def test_a_typed_code_marks_and_the_page_says_how_and_when(phone, scene, one):
    """ATT-16"""
    code = wall(scene.session).lower()

    sent = phone.post(page(scene), {"code": f" {code[:4]} {code[4:]} "})
    shown = text(phone.get(page(scene)))

    assert sent.url == page(scene)
    assert marked(scene.session) == [(one.pk, "present", "room_code")]
    assert "You are marked: <strong>Present</strong>" in shown
    assert "At 09:00, Dushanbe time." in shown


def test_a_scan_while_signed_in_shows_one_button_and_marks_nobody(phone, scene, one):
    """A GET never marks."""
    shown = phone.get(square(scene), follow=True)

    assert shown.redirect_chain == [(page(scene), 302)]
    assert "I am here" in text(shown)
    assert wall(scene.session) not in text(shown)
    assert not Mark.objects.exists()

    phone.post(page(scene), {"nonce": uuid4()})
    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_a_scan_survives_the_detour_through_sign_in(client, scene, one, at):
    """ATT-20: signed out when it was scanned, and the code over when signed in."""
    scanned = client.get(square(scene), follow=True)
    sign_in_path = scanned.redirect_chain[-1][0]
    at(clock.now() + timedelta(minutes=2))

    signed_in = sign_in(client, one, sign_in_path)
    shown = text(client.get(signed_in.url))
    client.post(page(scene))

    assert "The code is read and waits three minutes" in text(scanned)
    assert signed_in.url == page(scene)
    assert "I am here" in shown
    assert 'name="code"' not in shown
    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_what_was_typed_while_signed_out_survives_the_detour(client, scene, one):
    """ATT-20: the page was open long, the sign-in over meanwhile."""
    sent = client.post(page(scene), {"code": wall(scene.session)})
    sign_in(client, one, sent.url)

    assert "The code is good" in text(client.get(page(scene)))
    assert not Mark.objects.exists()


def test_the_ticket_is_bound_to_the_one_who_signs_in(client, scene, one):
    """ATT-21: whoever comes to the same browser next has none."""
    two = scene.places[1]
    client.get(square(scene))
    client.force_login(one.person.user)
    client.get(page(scene))

    client.force_login(two.person.user)
    shown = text(client.get(page(scene)))
    client.post(page(scene))

    assert 'name="code"' in shown
    assert not Mark.objects.exists()


def test_a_ticket_is_spent_with_the_button(phone, scene, one):
    """ATT-21"""
    phone.get(square(scene))
    phone.post(page(scene))
    Mark.objects.all().delete()

    assert 'name="code"' in text(phone.get(page(scene)))


def test_an_early_scan_leaves_nothing_that_breaks_a_later_one(phone, scene, one, at):
    """ATT-15"""
    at(at_nine("08:30:00"))
    early = text(phone.get(square(scene), follow=True))
    at(at_nine("08:50:00"))
    phone.get(square(scene))
    phone.post(page(scene))

    assert "You can check in from 08:45" in early
    assert "I am here" not in early
    assert marked(scene.session) == [(one.pk, "present", "room_code")]


def test_too_late_is_a_sentence_and_no_field(phone, scene, at):
    """ATT-16, ATT-17"""
    at(at_nine("09:50:00"))
    sent = text(phone.post(page(scene), {"code": wall(scene.session)}))
    at(at_nine("10:30:00"))
    shown = text(phone.get(page(scene)))

    assert "Ask the trainer to mark you" in sent
    assert "Ask the trainer to mark you" in shown
    assert 'name="code"' not in shown
    assert not Mark.objects.exists()


def test_a_wrong_code_stays_in_its_field_with_the_reason(phone, scene):
    shown = phone.post(page(scene), {"code": "K7M4-QX9R"})

    assert list(shown.context["form"].errors) == ["code"]
    assert 'value="K7M4-QX9R"' in text(shown)
    assert refused() == ["unknown"]


@pytest.mark.parametrize("code", ["", " ", "☃", "\x00", "x" * 500])
def test_bad_input_is_said_beside_the_field(phone, scene, code):
    shown = phone.post(page(scene), {"code": code, "nonce": code})

    assert shown.status_code == 200
    assert list(shown.context["form"].errors) == ["code"]


def test_the_same_form_sent_twice_has_one_effect_and_one_answer(phone, scene):
    """ATT-26"""
    fields = {"code": wall(scene.session), "nonce": uuid4()}

    answers = [phone.post(page(scene), fields).url for _ in range(2)]

    assert answers == [page(scene)] * 2
    assert MarkEvent.objects.count() == 1


def test_one_browser_is_one_device(client, scene):
    """ATT-23: the number of a browser is kept as a digest, and survives sign-out."""
    for place in scene.places[:2]:
        client.force_login(place.person.user)
        client.post(page(scene), {"code": wall(scene.session)})
        client.post(reverse("account_logout"))

    events = MarkEvent.objects.all()
    assert {event.device for event in events} != {""}
    assert [event.flags for event in events] == [["same_device"]] * 2
    assert client.cookies["device"].value not in {event.device for event in events}
    assert client.cookies["device"]["httponly"]


def test_logging_out_forgets_the_device_of_nobody_else(scene):
    """ATT-23: two phones are two devices."""
    for place in scene.places[:2]:
        phone = Client()
        phone.force_login(place.person.user)
        phone.post(page(scene), {"code": wall(scene.session)})

    assert [event.flags for event in MarkEvent.objects.all()] == [[], []]


def test_many_guesses_shut_out_nobody_else(scene):
    """ATT-25: by person and device; the room has one network."""
    phones = []
    for place in scene.places[:2]:
        phone = Client()
        phone.force_login(place.person.user)
        phones.append(phone)
    for _ in range(10):
        phones[0].post(page(scene), {"code": "K7M4QX9R"})

    guessing = phones[0].post(page(scene), {"code": wall(scene.session)})
    other = phones[1].post(page(scene), {"code": wall(scene.session)})

    assert (guessing.status_code, other.status_code) == (429, 302)
    assert "Wait a minute" in text(guessing)
    assert refused() == ["unknown"] * 10 + ["too_many"]


def test_a_guessing_phone_waits_though_it_signs_in_as_others(scene):
    phone = Client()
    for place in scene.places:
        phone.force_login(place.person.user)
        for _ in range(10):
            phone.post(page(scene), {"code": "K7M4QX9R"})
    phone.force_login(make_enrolment(cohort=scene.cohort).person.user)

    answer = phone.post(page(scene), {"code": wall(scene.session)})

    assert answer.status_code == 429
    assert refused() == ["unknown"] * 30 + ["too_many"]


def test_a_whole_room_scans_signed_out_behind_one_address(scene):
    """ATT-23: nobody of a hundred is refused."""
    phones = [Client() for _ in range(100)]
    for phone in phones:
        phone.get(square(scene))

    assert all(TICKET in phone.session for phone in phones)
    assert refused() == []


def test_a_refused_scan_of_who_is_signed_out_is_kept(client, scene):
    """ATT-25: nobody knows whose it was; the device is known."""
    shown = client.get(square(scene, "K7M4QX9R"), follow=True)
    client.get(reverse("lms:scan", args=[999_999, "K7M4QX9R"]))

    assert "This is no code of this room" in text(shown)
    kept = RefusedCheckIn.objects.order_by("pk")
    assert [(one.why, one.session, one.by) for one in kept] == [
        ("unknown", scene.session, None),
        ("unknown", None, None),
    ]
    assert len({one.device for one in kept}) == 1


def test_for_a_stranger_no_session_is_there(client, scene):
    client.force_login(make_participant().user)
    nowhere = reverse("lms:check_in", args=[999_999])

    answers = [
        client.get(page(scene)),
        client.post(page(scene), {"code": wall(scene.session)}),
        client.get(nowhere),
        client.post(nowhere, {"code": "K7M4QX9R"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert {"Ask the trainer to add you" in text(answer) for answer in answers} == {
        True
    }
    assert scene.session.title not in text(answers[0])
    assert refused() == ["not_expected"] * 2


def test_why_a_scan_marks_nobody_is_said_once(client, scene, one, at):
    client.force_login(one.person.user)
    at(at_nine("09:50:00"))
    late = text(client.get(square(scene), follow=True))
    at(at_nine("08:30:00"))
    early = text(client.get(square(scene), follow=True))
    client.force_login(make_participant().user)
    strange = text(client.get(square(scene), follow=True))

    assert late.count("Too late to check in yourself") == 1
    assert early.count("You can check in from 08:45") == 1
    assert strange.count("You are not on the list of this session</h1>") == 1
    assert strange.count("You are not on the list of this session") == 1


def test_a_trainers_mark_is_shown_as_the_trainers(phone, scene, one):
    """ATT-18"""
    Mark.objects.create(
        session=scene.session,
        enrolment=one,
        status=MarkStatus.objects.get(set="default", code="absent"),
        source="trainer",
        marked_at=clock.now(),
    )

    shown = text(phone.get(page(scene)))

    assert "You are marked: <strong>Absent</strong>" in shown
    assert "By your trainer" in shown


def test_what_the_trainer_took_back_after_the_scan_stays_without_a_mark(
    phone, scene, one, at
):
    """ATT-18: and the participant is told why the page shows none."""
    phone.get(square(scene))
    at(at_nine("09:01:00"))
    for code in ("absent", ""):
        attendance.mark(
            scene.session, enrolment=one, status_code=code, by=scene.trainer
        )

    shown = phone.post(page(scene), follow=True)

    assert "Your trainer decides on the mark" in text(shown)
    assert marked(scene.session) == []


@pytest.mark.parametrize("name", ["my_courses", "my_attendance"])
def test_ones_own_pages_lead_to_it_while_one_may_check_in(phone, scene, one, at, name):
    mine = reverse(f"lms:{name}", args=[one.pk] if name == "my_attendance" else [])
    shown = [page(scene) in text(phone.get(mine))]
    phone.post(page(scene), {"code": wall(scene.session)})
    shown.append(page(scene) in text(phone.get(mine)))
    Mark.objects.all().delete()
    for moment in ("08:44:59", "09:45:00", "09:45:01"):
        at(at_nine(moment))
        shown.append(page(scene) in text(phone.get(mine)))

    assert shown == [True, False, False, True, False]
