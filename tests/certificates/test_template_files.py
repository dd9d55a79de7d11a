"""A template as one file: out, in, and everything that is not one."""

import io
import json
import zipfile

import pytest
from PIL import Image

from certificates.design.pictures import clean, named
from certificates.design.template_file import BadFile, Carried, pack, unpack
from certificates.paper import layout

WORDS = {
    "issuer": "",
    "title": "Certificate",
    "presented": "This is given to",
    "deed": "for [{hours} of] training in {course}",
    "footer": "",
}
DESIGN = {
    "theme": "plain",
    "accent": "#1f4e79",
    "second_language": "",
    "valid_months": None,
    "is_public": True,
    "texts": {"en": WORDS},
    "blocks": layout.default_blocks("plain"),
}


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(data, "PNG")
    return clean(data.getvalue())


LOGO = picture()
CARRIED = Carried("Own", "completion", DESIGN, [LOGO])
NAME = f"images/{named(LOGO)}.png"


def words(**changed) -> dict:
    packed = zipfile.ZipFile(io.BytesIO(pack(CARRIED)))
    return json.loads(packed.read("template.json")) | changed


def designed(**changed) -> dict:
    return words(design=DESIGN | changed)


def archive(found, files=None) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as written:
        if found is not None:
            text = found if isinstance(found, str | bytes) else json.dumps(found)
            written.writestr("template.json", text)
        for name, content in ({NAME: LOGO} if files is None else files).items():
            written.writestr(name, content)
    return data.getvalue()


def broken_lzma() -> bytes:
    """Packed by another method than ours, with a changed head of its stream."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_LZMA) as written:
        written.writestr("template.json", json.dumps(words()))
    broken = bytearray(data.getvalue())
    head = broken.index(b"template.json") + len("template.json") + 4
    broken[head : head + 5] = b"\xff" * 5
    return bytes(broken)


def own_words(**said):
    return [
        *DESIGN["blocks"],
        {"type": "text", "area": "foot", "value": {"words": said}},
    ]


def test_what_is_packed_is_unpacked_as_it_was_and_packs_alike():
    assert unpack(pack(CARRIED)) == CARRIED
    assert pack(CARRIED) == pack(unpack(pack(CARRIED)))


def test_the_same_logo_twice_is_one_file():
    twice = Carried("Own", "completion", DESIGN, [LOGO, LOGO])

    assert unpack(pack(twice)) == twice


def test_one_language_and_words_of_a_place_are_enough():
    found = unpack(archive(designed(blocks=own_words(tg="Барои {holder}"))))

    assert found.design["blocks"][-1]["value"] == {"words": {"tg": "Барои {holder}"}}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no template file"),
        (b"%PDF-1.7", "no template file"),
        (pack(CARRIED)[:-30], "no template file"),
        (broken_lzma(), "no template file"),
        (archive(None), "“template.json” is missing"),
        (archive(words(), {}), f"“{NAME}” is missing"),
        (archive("{"), "is no JSON"),
        (archive(b"\xff\xfe"), "is no JSON"),
        (archive("[" * 100_000), "is no JSON"),
        (archive("[]"), "a file of something else"),
        (archive(words(schema="moodle")), "a file of something else"),
        (archive(words(version=2)), "another version of the system"),
        (archive(words(), {"../../etc/passwd": "x"}), "does not belong"),
        (archive(words(), {"/etc/passwd": "x"}), "does not belong"),
        (archive(words(), {"images/../x.png": "x"}), "does not belong"),
        (archive(words(), {f"images/{n:064d}.png": "x" for n in range(9)}), "more in"),
        (archive(words(), {NAME: b"\0" * (5 * 1024 * 1024)}), "is too large"),
        (archive(" " * (300 * 1024)), "is too large"),
        (archive(words(), {NAME: LOGO + b"!"}), "was changed"),
        (b"PK" + b"\0" * (9 * 1024 * 1024), "larger than 8 MB"),
        (archive(words(title="")), "“title” in the file"),
        (archive(words(title="A\nB")), "“title” in the file"),
        (archive(words(title=["A"])), "“title” in the file"),
        (archive(words(logos={})), "“logos” in the file"),
        (archive(words(logos=["../x"])), "“logos” in the file"),
        (archive(words(design=[])), "“design” in the file"),
        (archive(words(design={"theme": "plain"})), "“design” in the file"),
        (archive(designed(theme="neon")), "no theme “neon”"),
        (archive(designed(theme={})), "“theme” in the file"),
        (archive(designed(accent="red")), "“accent” in the file"),
        (archive(designed(second_language=["ru"])), "“second_language” in the file"),
        (archive(designed(theme="bilingual")), "needs a second language"),
        (archive(designed(valid_months=True)), "“valid_months” in the file"),
        (archive(designed(valid_months=10**30)), "“valid_months” in the file"),
        (archive(designed(is_public="yes")), "“is_public” in the file"),
        (archive(designed(texts={})), "“texts” in the file"),
        (archive(designed(texts={"xx": WORDS})), "“texts” in the file"),
        (archive(designed(texts={"en": WORDS | {"title": ""}})), "“texts” in"),
        (archive(designed(texts={"en": WORDS | {"title": "A" * 61}})), "“texts” in"),
        (archive(designed(texts={"en": WORDS | {"title": 1}})), "“texts” in"),
        (archive(designed(texts={"en": WORDS | {"deed": "{password}"}})), "{password}"),
        (archive(designed(texts={"en": WORDS | {"deed": "合"}})), "“合”"),
        (archive(designed(texts={"en": WORDS | {"deed": "\0"}})), "U\\+0000"),
        (archive(designed(texts={"en": WORDS | {"deed": "\ud800"}})), "U\\+D800"),
        (archive(designed(blocks="x")), "“blocks” in the file"),
        (archive(designed(blocks=[{"type": "name"}])), "“blocks” in the file"),
        (archive(designed(blocks=own_words(en=1))), "“blocks” in the file"),
        (archive(designed(blocks=own_words(xx="A"))), "“blocks” in the file"),
        (archive(designed(blocks=own_words(en="{nobody}"))), "{nobody}"),
        (archive(designed(blocks=DESIGN["blocks"][:3])), "is missing"),
        (
            archive(designed(blocks=[{"type": "script", "area": "top", "value": {}}])),
            "no block “script”",
        ),
        (
            archive(
                designed(
                    blocks=[{"type": "text", "area": "top", "value": {"text": []}}]
                )
            ),
            "“blocks” in the file",
        ),
        (
            archive(
                designed(blocks=[{"type": "qr", "area": "foot", "value": {"a": 1}}])
            ),
            "“blocks” in the file",
        ),
    ],
)
def test_what_is_no_template_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(BadFile, match=sentence):
        unpack(data)


def test_a_bomb_is_not_unpacked_whatever_its_head_says():
    """Its head says ten bytes, and there are more."""
    data = bytearray(archive(words(), {NAME: b"\0" * (5 * 1024 * 1024)}))
    real = (5 * 1024 * 1024).to_bytes(4, "little")
    lie = data.replace(real, (10).to_bytes(4, "little"))

    with pytest.raises(BadFile):
        unpack(bytes(lie))


def test_an_encrypted_archive_is_refused():
    data = bytearray(pack(CARRIED))
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(head, place + 1)) >= 0:
            data[place + flags] |= 1

    with pytest.raises(BadFile, match="no template file"):
        unpack(bytes(data))
