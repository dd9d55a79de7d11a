"""Square codes are read where the browser cannot, with the reader we took in."""

import os
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from lms.personal_codes import personal_code

from .conftest import ARGUMENTS
from .doors import Room, make_room
from .visiting import PHONE, Visit

READ = """async ([decoder, picture]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  const { BarcodeDetector } = await import(decoder);
  const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(canvas);
  return found.map((one) => one.rawValue);
}"""


@pytest.fixture
def room(site) -> Room:
    return make_room(2)


def test_a_square_of_ours_is_read_from_a_canvas_within_our_policy(visit, room):
    code = personal_code(room.places[0])
    page = visit("trainer").open(room.at("lms:session_scan"))
    decoder = page.locator("[data-decoder]").get_attribute("data-decoder")
    picture = segno.make(code, error="m", micro=False).png_data_uri(scale=6)

    assert page.evaluate(READ, [decoder, picture]) == [code]


def film(path: Path, code: str) -> Path:
    """What a camera sees of a phone held before it: one still, in grey."""
    square = segno.make(code, error="m", micro=False)
    modules = [list(row) for row in square.matrix_iter(border=4)]
    size = 8
    picture = Image.new("L", (640, 480), 120)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            corner = (180 + x * size, 100 + y * size)
            opposite = (corner[0] + size - 1, corner[1] + size - 1)
            draw.rectangle([corner, opposite], fill=20 if dark else 235)
    frame = b"FRAME\n" + picture.tobytes() + bytes([128]) * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420\n" + frame * 10)
    return path


def test_the_camera_reads_the_code_of_whoever_comes_in(browser, site, room, tmp_path):
    person = room.places[0].person
    tape = film(tmp_path / "door.y4m", personal_code(room.places[0]))
    camera = browser.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=[
            *ARGUMENTS,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={tape}",
        ],
    )
    visit = Visit(camera.new_context(viewport=PHONE).new_page(), site)
    page = visit.signed_in(room.trainer).open(room.at("lms:session_scan"))
    expect(page.locator("[data-offline-state]")).to_contain_text("without a network")

    visit.click("Turn the camera on")

    # In sight of who holds the phone over a badge.
    said = page.locator("[data-scan-said]")
    expect(said).to_contain_text(person.legal_name)
    expect(said).to_be_in_viewport(ratio=1)
    expect(page.locator("video")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-scans]")).to_contain_text(person.legal_name)
    expect(page.locator("[data-offline-state]")).to_contain_text("has gone up")
    camera.close()
    assert visit.faults == []
    assert room.noted() == {person.legal_name: ("present", "personal_code")}
    assert room.events() == 1
