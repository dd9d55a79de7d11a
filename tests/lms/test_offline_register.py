"""What a device takes along for a day without a line, and what it may send."""

import hashlib
import json
from copy import deepcopy
from datetime import date

import pytest
from django.urls import reverse

from courses import clock
from lms import offline_keys
from lms.models import Mark, Session
from lms.personal_codes import personal_code
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
DEVICE = "7d1f7a3e-5a0f-4f0e-9c55-2b8d3a4f6c10"
NONCE = "0b0f6c1e-6e39-4b5b-a2b1-1c6d1f0e9a01"


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once("2026-10-12T08:30+05:00")
    return make_cast()


@pytest.fixture
def cast(cast_once, at, db):
    at("2026-10-12T12:00+05:00")
    return deepcopy(cast_once)


def pack_of(session):
    return reverse("lms:session_pack", args=[session.pk])


def upload_to(session):
    return reverse("lms:session_upload", args=[session.pk])


def batch(*items, **more):
    now = int(clock.now().timestamp() * 1000)
    return {"device": DEVICE, "sent_at": now, "items": list(items)} | more


def item(cast, **more):
    at = int(clock.now().timestamp() * 1000)
    place = cast.enrolment.pk
    told = {"nonce": NONCE, "kind": "set", "at": at, "place": place, "code": "late"}
    return told | more


def send(client, session, told):
    return client.post(upload_to(session), told, content_type="application/json")


def test_a_device_takes_names_marks_and_digests_of_codes_and_nothing_more(client, cast):
    client.force_login(cast.trainer)

    answer = client.get(pack_of(cast.session))

    told = answer.json()
    code = personal_code(cast.enrolment)
    digest = hashlib.sha256(f"{cast.session.uid} {code}".encode()).hexdigest()
    assert told["people"] == [
        {
            "pk": cast.enrolment.pk,
            "name": cast.person.legal_name,
            "is_expected": True,
            "code": "",
            "seen": 0,
            "digest": digest,
        }
    ]
    assert code not in answer.content.decode()
    assert cast.person.email not in answer.content.decode()
    assert (told["full"], told["missed"]) == ("present", "absent")
    assert answer["Cache-Control"].startswith("max-age=0")


def test_the_day_is_said_in_words_as_browsers_know_no_tajik(client, cast):
    client.force_login(cast.trainer)

    Session.objects.update(local_date=date(2026, 10, 12))

    told = client.get(f"/tg{pack_of(cast.session)[3:]}").json()["session"]

    assert told["when"] == f"Душанбе, 12 октябр 2026, {cast.session.local_time:%H:%M}"


def test_the_keys_last_36_hours_and_14_days_and_stay_the_same_while_they_do(
    client, cast
):
    client.force_login(cast.trainer)

    first = client.get(pack_of(cast.session)).cookies
    again = client.get(pack_of(cast.session)).cookies

    names = [offline_keys.cookie_of(kind, cast.trainer) for kind in ("roster", "queue")]
    keys = [first[name].value for name in names]
    assert [again[name].value for name in names] == keys
    assert len(set(keys)) == 2
    assert [first[name]["max-age"] for name in names] == [129_600, 1_209_600]
    assert all(first[name]["samesite"] == "Strict" for name in names)


def test_who_signs_out_anywhere_leaves_no_key_of_a_roster(client, cast):
    for door in ("account_logout", "wagtailadmin_logout"):
        client.force_login(cast.trainer)
        client.get(pack_of(cast.session))

        answer = client.post(reverse(door))

        name = offline_keys.cookie_of("roster", cast.trainer)
        assert answer.cookies[name]["max-age"] == 0
        assert offline_keys.cookie_of("queue", cast.trainer) not in answer.cookies


def test_two_people_on_one_device_have_keys_of_their_own(client, cast):
    keys = []
    for user in (cast.trainer, cast.coordinator):
        client.force_login(user)
        answer = client.get(pack_of(cast.session))
        keys += [
            cookie.value for name, cookie in answer.cookies.items() if "ustod" in name
        ]

    assert len(set(keys)) == 4


def test_who_is_signed_out_keeps_what_waits_and_who_may_not_is_told_it_is_useless(
    client, cast
):
    told = batch(item(cast))
    codes = [client.get(pack_of(cast.session)).status_code]
    codes += [send(client, cast.session, told).status_code]
    for user in (cast.stranger, cast.participant, cast.observer, cast.other_trainer):
        client.force_login(user)
        codes += [client.get(pack_of(cast.session)).status_code]
        codes += [send(client, cast.session, told).status_code]

    assert codes == [401] * 2 + [404] * 8
    assert not Mark.objects.exists()


def test_what_waited_is_taken_up_and_answered_piece_by_piece(client, cast):
    client.force_login(cast.trainer)
    scan = item(cast, nonce=DEVICE, kind="entry", value="nobody's")

    answer = send(client, cast.session, batch(item(cast), scan))

    told = answer.json()["answers"]
    assert [(one["nonce"], one["what"]) for one in told] == [
        (NONCE, "saved"),
        (DEVICE, "refused"),
    ]
    assert told[1]["text"].startswith("Nobody has this code")
    assert Mark.objects.get().status.code == "late"


BROKEN = [
    "",
    "[]",
    "null",
    "{}",
    "[" * 100_000,
    "\xff",
    json.dumps({"device": "x", "sent_at": 1, "items": []}),
    json.dumps({"device": DEVICE, "sent_at": -1, "items": []}),
    json.dumps({"device": DEVICE, "sent_at": True, "items": {}}).replace("true", "NaN"),
    json.dumps({"device": DEVICE, "sent_at": 10**300, "items": []}),
    json.dumps({"device": DEVICE, "sent_at": 1, "items": [1]}),
    json.dumps({"device": DEVICE, "sent_at": 1, "items": [{}] * 301}),
]


@pytest.mark.parametrize("body", BROKEN)
def test_what_no_script_of_ours_sends_is_never_a_fault_of_the_server(
    client, cast, body
):
    client.force_login(cast.trainer)

    answer = send(client, cast.session, body.encode("latin-1"))

    assert (answer.status_code, "message" in answer.json()) == (409, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "x"},
        {"kind": "accept"},
        {"kind": ["set"]},
        {"at": "noon"},
        {"at": 10**15},
        {"place": "1"},
        {"place": 2**70},
        {"code": 5},
        {"value": None},
        {"about": "x"},
    ],
)
def test_an_item_of_the_wrong_kind_is_no_fault_either(client, cast, wrong):
    client.force_login(cast.trainer)

    answer = send(client, cast.session, batch(item(cast, **wrong)))

    assert answer.status_code == 409
    assert not Mark.objects.exists()


def test_a_slip_in_one_line_does_not_lose_what_was_noted_beside_it(client, cast):
    """Too many minutes on a page that lost its line, and a square of something else."""
    client.force_login(cast.trainer)
    stranger = {"kind": "entry", "place": 0, "value": "\x00\ud800" + "x" * 300}
    items = [
        item(cast, nonce=NONCE[:-1] + "2", minutes=9999),
        item(cast, nonce=NONCE[:-1] + "3", **stranger),
    ]

    answer = send(client, cast.session, batch(*items))

    said = [one["what"] for one in answer.json()["answers"]]
    assert said == ["saved", "refused"]
    mark = Mark.objects.get()
    assert (mark.status.code, mark.minutes) == ("late", cast.session.minutes)


@pytest.mark.parametrize("name", ["lms:offline_register", "lms:offline_worker"])
def test_page_and_worker_have_nothing_of_who_asks(client, cast, name):
    stranger = client.get(reverse(name))
    client.force_login(cast.trainer)
    mine = client.get(reverse(name))

    assert stranger.content == mine.content
    assert not mine.cookies


def test_the_worker_sees_the_pages_of_sessions_only(client):
    answer = client.get(reverse("lms:offline_worker"))

    assert answer["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in answer
    for name in ("lms:register", "lms:session_scan"):
        address = reverse(name, args=[1])
        assert address.startswith(
            reverse("lms:offline_worker").removesuffix("worker.js")
        )
