"""Our shortcut must say, byte for byte, what JSON-LD and RDFC-1.0 say."""

import hashlib
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.credential import profile

from .builders import (
    CONTEXTS,
    make_content,
    make_document,
    make_status_list,
    normalised,
)

TEXT = st.text(max_size=60) | st.sampled_from(
    [
        'Says "yes" \\ no',
        "گواهی‌نامهٔ دوره 12",
        "Ҷӯраи ҳуқуқ ғайри қонунӣ",
        "a\u2028b\u00a0c\x85d\x00e\tf\rg\nh",
        "👩🏽‍✈️ \U0010ffff \ufffd",
        "_:c14n0 <a> .\n",
        "@id",
    ]
)
WORDS = st.dictionaries(st.sampled_from(["en", "ru", "tg", "fa", "uz"]), TEXT)
CONTENTS = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["en", "ru", "tg", "uz", "ky", "kk", "fa"]),
        "holder": TEXT,
        "course": WORDS,
        "level": WORDS,
        "minutes": st.integers(0, 100_000),
        "attended": st.none()
        | st.fixed_dictionaries({"minutes": st.integers(0, 100_000)}),
        "cohort": TEXT,
        "starts_on": st.none() | st.dates().map(str),
        "awarded_on": st.dates().map(str),
        "valid_until": st.none() | st.just("2028-02-29"),
        "score_band": WORDS,
        "number": st.from_regex(r"UST-[0-9]{4}-[0-9]{6}", fullmatch=True),
        "texts": st.fixed_dictionaries({"en": st.fixed_dictionaries({"issuer": TEXT})}),
    }
)


@given(
    CONTENTS,
    st.sampled_from(["completion", "attendance", "distinction", "trainer"]),
    st.integers(0, 131_071),
)
def test_any_content_gives_the_statements_that_json_ld_gives(content, kind, index):
    document = make_document(make_content(**content), kind=kind, index=index)

    assert profile.canonical(document, profile.BADGE) == normalised(document)


@pytest.mark.parametrize(
    "missing", ["valid_until", "starts_on", "score_band", "attended"]
)
def test_what_a_certificate_does_not_say_is_in_no_statement(missing):
    """CE-30"""
    document = make_document(**{missing: None})

    assert profile.canonical(document, profile.BADGE) == normalised(document)
    assert "" not in document.values()


def test_a_status_list_and_a_proof_are_written_as_json_ld_writes_them():
    listed = make_status_list()
    options = {
        "type": "DataIntegrityProof",
        "created": "2026-10-20T04:00:00Z",
        "cryptosuite": "eddsa-rdfc-2022",
        "proofPurpose": "assertionMethod",
        "verificationMethod": "did:web:localhost%3A8000#z6Mk",
    }
    context = {"@context": profile.context_of(profile.BADGE)}

    assert profile.canonical(listed, profile.STATUS_LIST) == normalised(listed)
    assert profile.canonical_proof(options) == normalised(options | context)


@pytest.mark.parametrize("minutes", [1, 20, 50, 90, 1200, 1234, 600_000])
def test_hours_are_a_number_that_all_programs_write_alike(minutes):
    document = make_document(minutes=minutes)

    assert profile.canonical(document, profile.BADGE) == normalised(document)


def places(node, path=()):
    """Every path to a value of a document."""
    if isinstance(node, dict | list):
        pairs = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in pairs:
            yield (*path, key)
            yield from places(value, (*path, key))


def put(document, path, value):
    document = deepcopy(document)
    node = document
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return document


NOT_OURS = [None, {}, [], 1e400, "a\nb", "\ud800", {"@value": "x"}, [["x"]]]


def is_refused(document):
    try:
        profile.canonical(document, profile.BADGE)
    except profile.NotOurShape:
        return True
    return False


@pytest.mark.parametrize("value", NOT_OURS, ids=str)
def test_what_no_credential_of_ours_holds_is_refused(value):
    document = make_document()

    accepted = [
        path for path in places(document) if not is_refused(put(document, path, value))
    ]

    assert accepted == []


@pytest.mark.parametrize(
    "path", [("@graph",), ("issuer", "email"), ("credentialSubject", "@id")]
)
def test_a_term_of_nobodys_list_is_refused(path):
    with pytest.raises(profile.NotOurShape):
        profile.canonical(put(make_document(), path, "x"), profile.BADGE)


@pytest.mark.parametrize(
    "address", ["no-scheme", "urn:a b", "urn:<x>", 'urn:"', "urn:\\u", "_:b0", "urn:é"]
)
def test_an_address_that_could_write_another_statement_is_refused(address):
    with pytest.raises(profile.NotOurShape):
        profile.canonical(put(make_document(), ("id",), address), profile.BADGE)


def test_the_context_of_w3c_is_the_published_one():
    """The digest stands in Verifiable Credentials Data Model 2.0, B.1."""
    found = hashlib.sha256((CONTEXTS / "credentials-v2.json").read_bytes()).hexdigest()

    assert found == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
