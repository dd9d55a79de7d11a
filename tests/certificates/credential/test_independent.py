"""@digitalbazaar/vc, whose authors wrote the suite, says the same as we do."""

import pytest

from .builders import DID, TestKey, make_signed
from .independent import LIST, did_document, status_list, verify
from .test_profile import put

pytestmark = pytest.mark.node

KEY = TestKey()
SIGNED = make_signed()
TAJIK = make_signed(
    language="tg",
    course={"tg": 'Вохӯрии "аввал" бо ҷабрдида \\ 😀'},
    level={},
    minutes=90,
    valid_until=None,
    score_band=None,
)
PERSIAN = make_signed(language="fa", course={"fa": "دیدار نخست — گواهی‌نامه"}, minutes=0)
DOCUMENTS = {DID: did_document(KEY, TestKey(2)), LIST: status_list(5, 7)}


def answers(*credentials, documents=DOCUMENTS, **options):
    return [one["verified"] for one in verify(list(credentials), documents, **options)]


def test_another_program_accepts_what_we_signed_and_refuses_one_changed_word():
    name = ("credentialSubject", "achievement", "name")
    forged = [
        put(SIGNED, name, "Last contact"),
        put(SIGNED, ("credentialSubject", "licenseNumber"), "UST-2026-000124"),
        put(SIGNED, ("credentialSubject", "achievement", "creditsAvailable"), 21),
        put(SIGNED, ("credentialStatus", "statusListIndex"), "124"),
        put(SIGNED, ("validUntil",), "2029-10-14T18:59:59Z"),
        put(SIGNED, ("issuer", "name"), "The Academy"),
    ]

    found = answers(SIGNED, TAJIK, PERSIAN, DOCUMENTS[LIST], *forged)

    assert found == [True] * 4 + [False] * len(forged)


def test_another_program_refuses_what_the_status_list_says_has_ended():
    ended = {**DOCUMENTS, LIST: status_list(123)}
    forged = {**DOCUMENTS, LIST: status_list(5, key=TestKey(3))}

    assert answers(SIGNED, documents=ended) == [False]
    assert answers(SIGNED, documents=forged) == [False]


def test_another_program_refuses_a_list_of_yesterday_and_a_certificate_that_expired():
    no_list = {key: value for key, value in SIGNED.items() if key != "credentialStatus"}

    assert answers(SIGNED, now="2026-10-22T05:00:00Z") == [False]
    assert answers(SIGNED, now="2028-10-15T05:00:00Z") == [False]
    assert answers(no_list) == [False]


def test_another_program_accepts_the_older_key_and_refuses_one_that_was_taken_out():
    newer = make_signed(key=TestKey(2))
    without = {**DOCUMENTS, DID: did_document(TestKey(2))}
    without[LIST] = status_list(5, key=TestKey(2))

    assert answers(SIGNED, newer) == [True, True]
    assert answers(SIGNED, newer, documents=without) == [False, True]


def test_another_program_accepts_an_issuer_that_is_a_key():
    did = f"did:key:{KEY.public}"
    documents = {did: did_document(KEY, did=did), LIST: status_list(5, did=did)}

    assert answers(make_signed(did=did), documents=documents) == [True]
