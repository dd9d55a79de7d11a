"""A paper printed at home: the square is read, however the printer shrinks it."""

import shutil
import subprocess

import pypdfium2
import pytest
from PIL import Image

from .held import make_holders

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not here"),
]
DPI = 150
# The square stands 25 mm wide on the paper; printed at 20 mm it is this much of it.
SHRUNK = 20 / 25


@pytest.fixture(scope="module")
def cast_once(once):
    return make_holders()


def scanned(picture: Image.Image, folder) -> str:
    path = folder / "page.png"
    picture.save(path)
    read = subprocess.run(  # noqa: S603 - our own picture
        ["zbarimg", "--quiet", "--raw", str(path)],  # noqa: S607 - from the PATH
        capture_output=True,
        text=True,
        check=False,
    )
    return read.stdout.strip()


@pytest.mark.parametrize("scale", [1, SHRUNK])
def test_the_square_is_read_from_a_page_scanned_at_150_dots(cast, tmp_path, scale):
    """CE-42: it leads to the organisation's own address, by the code (CE-41)."""
    pdf = pypdfium2.PdfDocument(cast.certificate.pdf.open("rb").read())

    page = pdf[0].render(scale=DPI / 72 * scale, grayscale=True).to_pil()

    assert scanned(page, tmp_path) == cast.certificate.content["verify_url"]


def test_the_paper_is_one_a4_page(cast):
    pdf = pypdfium2.PdfDocument(cast.certificate.pdf.open("rb").read())

    sizes = [
        sorted(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf
    ]

    assert sizes == [[210, 297]]
