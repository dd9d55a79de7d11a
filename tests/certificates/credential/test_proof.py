"""Who changed a word, or signed with another key, is found out."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.credential import holder, profile, proof
from certificates.credential.proof import KnownKey, Outcome
from certificates.seal import multibase

from .builders import BASE, ISSUED, TestKey, make_document, make_signed, normalised
from .reading import is_about
from .test_profile import places, put

KEY = TestKey()
KEYS = {KEY.public: KnownKey()}
SIGNED = make_signed()


def look(credential, keys=KEYS):
    return proof.check(credential, keys).outcome


def test_what_we_signed_is_genuine():
    report = proof.check(SIGNED, KEYS)

    assert report.is_genuine
    assert (report.address, report.index) == (SIGNED["id"], 123)
    assert SIGNED["id"] == f"{BASE}/verify/K7M4QX9RT2AC0HDW3E/credential.json"
    assert SIGNED["validFrom"] == "2026-10-20T04:00:00Z"


def test_the_last_day_ends_at_midnight_where_it_is_issued():
    """CE-15: Dushanbe is five hours before UTC."""
    assert SIGNED["validUntil"] == "2028-10-14T18:59:59Z"


def test_the_signature_is_the_one_of_the_general_algorithm():
    options = {k: v for k, v in SIGNED["proof"].items() if k != "proofValue"}
    document = {k: v for k, v in SIGNED.items() if k != "proof"}
    context = {"@context": document["@context"]}
    data = b"".join(
        hashlib.sha256(normalised(part).encode()).digest()
        for part in (options | context, document)
    )

    assert SIGNED["proof"]["proofValue"] == multibase.encode(KEY.sign(data))


def changed(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value[:-1] + ("x" if value[-1] != "x" else "y")


def value_at(document, path):
    for key in path:
        document = document[key]
    return document


def test_any_one_changed_value_is_refused():
    paths = [p for p in places(SIGNED) if isinstance(value_at(SIGNED, p), str | int)]

    accepted = [
        path
        for path in paths
        if look(put(SIGNED, path, changed(value_at(SIGNED, path)))) is Outcome.GENUINE
    ]

    assert len(paths) > 50
    assert accepted == []


def test_any_one_thing_left_out_is_refused():
    def without(path):
        forged = put(SIGNED, path, None)
        del value_at(forged, path[:-1])[path[-1]]
        return forged

    paths = [path for path in places(SIGNED) if isinstance(path[-1], str)]

    assert [p for p in paths if look(without(p)) is Outcome.GENUINE] == []


def test_a_word_of_the_course_is_enough():
    forged = put(SIGNED, ("credentialSubject", "achievement", "name"), "Last contact")

    assert look(forged) is Outcome.CHANGED


def test_a_key_that_is_none_of_ours_is_not_believed():
    assert look(make_signed(key=TestKey(2))) is Outcome.UNKNOWN_KEY
    assert look(SIGNED, {}) is Outcome.UNKNOWN_KEY


def test_a_stolen_key_proves_nothing_any_more():
    stolen = {KEY.public: KnownKey(is_compromised=True)}

    assert look(SIGNED, stolen) is Outcome.COMPROMISED_KEY


def test_an_older_key_still_counts_after_the_newer_one_came():
    keys = KEYS | {TestKey(2).public: KnownKey()}

    assert look(SIGNED, keys) is Outcome.GENUINE
    assert look(make_signed(key=TestKey(2)), keys) is Outcome.GENUINE


def test_a_key_for_development_is_told():
    report = proof.check(SIGNED, {KEY.public: KnownKey(is_development=True)})

    assert report.is_genuine
    assert report.is_development


def test_the_key_of_one_issuer_says_nothing_for_another():
    document = make_document(did="did:web:ministry.example")
    method = f"did:web:certificates.example.org#{KEY.public}"
    forged = proof.sign(document, key=KEY, method=method, at=ISSUED)

    assert look(forged) is Outcome.NOT_OURS


def test_an_issuer_that_is_a_key_needs_no_web():
    did = f"did:key:{KEY.public}"
    signed = make_signed(did=did)

    assert signed["proof"]["verificationMethod"] == f"{did}#{KEY.public}"
    assert look(signed) is Outcome.GENUINE


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["proof", "issuer", "type", "id", "@context"]), inner
        )
    ),
    max_leaves=9,
)


@given(JSON)
def test_rubbish_is_not_ours_and_breaks_nothing(credential):
    assert look(credential) is Outcome.NOT_OURS


@given(st.sampled_from(list(places(SIGNED))), JSON)
def test_rubbish_anywhere_in_it_breaks_nothing(path, value):
    assert look(put(SIGNED, path, value)) is not Outcome.GENUINE or (
        value == value_at(SIGNED, path)
    )


def test_the_name_is_not_in_it_and_nobody_can_try_names():
    """CE-12: the secret is in the holder's own file only."""
    text = str(SIGNED)

    assert not any(word in text for word in ("Раҳимова", "Rahimova", "Зебунисо"))
    assert "c2VjcmV0LW9mLXRlc3Rz" not in text
    assert not is_about(SIGNED, "Раҳимова Зебунисо", "")


def test_who_has_the_secret_can_compare_the_name():
    secret = "c2VjcmV0LW9mLXRlc3Rz"

    assert is_about(SIGNED, "Раҳимова Зебунисо", secret)
    assert not is_about(SIGNED, "Раҳимов Зебунисо", secret)


def test_spaces_too_many_are_no_part_of_the_name():
    told = holder.identity("Раҳимова  Зебунисо ", "x")

    assert told == holder.identity("Раҳимова Зебунисо", "x")


def test_two_certificates_of_one_person_cannot_be_told_to_be_hers():
    other = make_signed(holder_secret=holder.new_secret())

    def identity(credential):
        return credential["credentialSubject"]["identifier"][0]["identityHash"]

    assert identity(SIGNED) != identity(other)
    assert len(holder.new_secret()) >= 22


@given(st.binary(max_size=70))
def test_bytes_come_back_from_their_text(data):
    assert multibase.decode(multibase.encode(data)) == data


@pytest.mark.parametrize("text", ["", "x", "z0", "zé", "z" + "1" * 5000, "zzz"])
def test_a_signature_that_is_none_is_refused(text):
    forged = put(SIGNED, ("proof", "proofValue"), text)

    assert look(forged) in (Outcome.NOT_OURS, Outcome.CHANGED)


def test_a_proof_that_repeats_the_context_is_read_too():
    with_context = SIGNED["proof"] | {"@context": SIGNED["@context"]}
    with_another = SIGNED["proof"] | {"@context": ["https://example.org"]}

    assert look(SIGNED | {"proof": with_context}) is Outcome.GENUINE
    assert look(SIGNED | {"proof": with_another}) is Outcome.NOT_OURS


def test_the_credential_is_of_the_shape_that_is_published():
    """docs/open-badges.md: two types and two contexts, in this order."""
    assert SIGNED["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert SIGNED["@context"] == profile.context_of(profile.BADGE)
