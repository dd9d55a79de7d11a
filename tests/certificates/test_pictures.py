"""Pictures on paper: made plain and small, or refused in a sentence."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from certificates.design.pictures import LARGEST, UnfitPicture, clean
from tests.cast import make_cast


def written(picture, form="PNG", **options) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def claiming(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, body: bytes) -> bytes:
        total = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", total)

    body = zlib.compress(b"\0" * 1000)
    chunks = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks)


WHOLE = written(Image.new("RGB", (99, 99), "red"))
FLIPPED = WHOLE[:60] + bytes([WHOLE[60] ^ 255]) + WHOLE[61:]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_a_picture_of_any_colours_becomes_a_small_png(mode):
    data = clean(written(Image.new(mode, (2000, 1000))))

    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGBA", (720, 360))
    assert clean(data) == data


def test_a_picture_for_a_press_becomes_one_for_a_screen():
    cmyk = Image.new("CMYK", (40, 20), (0, 255, 255, 0))

    picture = opened(clean(written(cmyk, "JPEG")))

    red, green, blue, opaque = picture.getpixel((5, 5))
    assert (picture.mode, red > 200, green < 60, blue < 60, opaque) == (
        "RGBA",
        True,
        True,
        True,
        255,
    )


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    data = written(Image.new("RGB", (400, 200)), "JPEG", exif=exif)

    picture = opened(clean(data))

    assert picture.size == (200, 400)
    assert dict(picture.getexif()) == {}


def test_of_moving_pictures_the_first_one_stays():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:])

    picture = opened(clean(data))

    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((1, 1)) == (255, 0, 0)


def test_a_hundred_megapixels_are_refused_by_what_the_file_says_of_itself():
    with pytest.raises(UnfitPicture, match="more than 40 million pixels"):
        clean(claiming(10_000, 10_000))
    with pytest.raises(UnfitPicture):
        clean(claiming(60_000, 60_000))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no picture that can be read"),
        (b"rubbish", "no picture that can be read"),
        (FLIPPED, "no picture that can be read"),
        (WHOLE[:90], "no picture that can be read"),
        (written(Image.new("RGB", (9, 9)), "TIFF"), "no picture that can be read"),
        (b"%PDF-1.7", "no picture that can be read"),
        (b"\0" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b'<svg onload="alert(1)"/>', "An SVG can hold a program"),
        (b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "b">]><SVG>', "An SVG"),
        (b'<svg><image href="file:///etc/passwd"/></svg>', "An SVG can hold"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(UnfitPicture, match=sentence):
        clean(data)


def test_a_small_picture_keeps_its_size():
    assert opened(clean(written(Image.new("RGB", (30, 20))))).size == (30, 20)
    assert LARGEST == (720, 720)


@pytest.mark.django_db
def test_a_picture_of_100_megapixels_does_not_get_into_the_library(client):
    client.force_login(make_cast().administrator)
    file = SimpleUploadedFile("a.png", claiming(10_000, 10_000), "image/png")

    page = client.post(reverse("wagtailimages:add"), {"title": "A", "file": file})

    assert "too many pixels" in page.content.decode()
    assert not get_image_model().objects.exists()
