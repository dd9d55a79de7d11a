"""openbadgeslib, a library for Open Badges 3.0 from PyPI, reads what we write.

It is strict about the specification of 1EdTech: the document must be exactly the
compacted form of what is signed, every class must have what it needs.
"""

import base64
from io import BytesIO

import pytest
from openbadgeslib import baking as other_baking
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from PIL import Image

from certificates.credential import baking, picture
from certificates.credential.making import as_text
from certificates.seal import multibase

from .builders import TestKey, make_signed
from .test_profile import put

KEY = TestKey()
# DER of RFC 8410 for a public key of Ed25519.
SPKI = bytes.fromhex("302a300506032b6570032100")


def verify(credential):
    raw = multibase.decode(KEY.public).removeprefix(multibase.ED25519)
    lines = base64.encodebytes(SPKI + raw).decode()
    pem = f"-----BEGIN PUBLIC KEY-----\n{lines}-----END PUBLIC KEY-----\n"
    return OB3LdpVerifier(pem).verify(credential)


@pytest.mark.parametrize("kind", ["completion", "attendance", "distinction", "trainer"])
def test_it_is_an_open_badge_of_the_specification(kind):
    badge = verify(make_signed(kind=kind, valid_until=None))

    assert badge.achievement.name == "First contact"
    assert badge.achievement.credits_available == 20
    assert badge.credits_earned == 18.5
    assert badge.results[0].value == "80 to 89 %"
    assert badge.identifiers[0].hashed


def test_it_is_one_with_nothing_in_it_that_may_be_left_out():
    badge = verify(
        make_signed(
            valid_until=None,
            score_band=None,
            level={},
            starts_on=None,
            attended=None,
            minutes=0,
            texts={"en": {}},
        )
    )

    assert badge.results == []


def test_the_other_library_refuses_a_changed_word_too():
    signed = make_signed(valid_until=None)
    forged = put(signed, ("credentialSubject", "achievement", "name"), "Last contact")

    with pytest.raises(OB3VerificationError):
        verify(forged)


def test_the_other_library_finds_the_credential_in_our_pictures():
    text = as_text(make_signed(valid_until=None))
    png = BytesIO()
    Image.new("RGBA", (8, 8)).save(png, "PNG")

    baked_png = baking.bake_png(png.getvalue(), text)
    baked_svg = baking.bake_svg(picture.svg("completion", 2026), text)

    keyword = baking.KEYWORD.encode()
    assert other_baking.extract_png(baked_png, keyword=keyword) == text
    assert verify(text).achievement.name == "First contact"
    assert baking.NAMESPACE == other_baking.SVG_NS_OB3
    assert f"<{other_baking.SVG_ELEMENT_OB3}>" in baked_svg
