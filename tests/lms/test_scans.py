"""Photos and scans of sheets, without a database."""

import io

import pytest
from PIL import Image

from lms import scans
from lms.scans import UnreadableScan, clean_scan


def photo(size=(60, 40), kind="JPEG", **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "white").save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_new_jpeg(kind):
    scan = clean_scan(photo(kind=kind))

    assert scan.extension == "jpg"
    assert Image.open(io.BytesIO(scan.data)).format == "JPEG"


def test_where_a_photo_was_taken_is_forgotten():
    exif = Image.Exif()
    exif[0x010E] = "the house of the witness"
    scan = clean_scan(photo(exif=exif))

    assert b"the house" not in scan.data
    assert not Image.open(io.BytesIO(scan.data)).getexif()


def test_a_photo_held_upright_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    scan = clean_scan(photo((60, 40), exif=exif))

    assert Image.open(io.BytesIO(scan.data)).size == (40, 60)


def test_a_large_photo_becomes_smaller():
    scan = clean_scan(photo((4800, 1200)))

    assert Image.open(io.BytesIO(scan.data)).size == (2400, 600)


def test_a_pdf_is_kept_as_it_is():
    assert clean_scan(b"%PDF-1.7 sheet").data == b"%PDF-1.7 sheet"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        photo()[:200],
        b"\x89PNG\r\n\x1a\n" + bytes(50),
    ],
)
def test_what_is_no_photo_and_no_pdf_is_refused(data):
    with pytest.raises(UnreadableScan):
        clean_scan(data)


def test_too_many_pixels_are_refused_before_they_are_unpacked(monkeypatch):
    monkeypatch.setattr(scans, "MOST_PIXELS", 1000)

    with pytest.raises(UnreadableScan):
        clean_scan(photo((100, 100)))


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(scans, "MOST_BYTES", 10)

    with pytest.raises(UnreadableScan):
        clean_scan(photo())
