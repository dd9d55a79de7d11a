"""What the file says of itself; the validator of PDF/A and PDF/UA asks the rest."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from certificates.paper.rendering import render

from .papers import LANGUAGES, make_content
from .sealed import make_sealed

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def said(pdf: bytes) -> dict[str, str]:
    """Every attribute and text of the one description of the file."""
    raw = PdfReader(BytesIO(pdf)).root_object["/Metadata"].get_object().get_data()
    (rdf,) = ElementTree.fromstring(raw).iter(f"{RDF}RDF")  # noqa: S314 - our own
    title = next(rdf.iter("{http://purl.org/dc/elements/1.1/}title"))
    attributes = {key: value for one in rdf.iter() for key, value in one.attrib.items()}
    texts = {one.tag: one.text for one in rdf.iter() if (one.text or "").strip()}
    return attributes | texts | {"title": "".join(title.itertext()).strip()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_file_is_for_archives_and_for_screen_readers(language):
    pdf = make_sealed(language)
    reader = PdfReader(BytesIO(pdf))
    root = reader.root_object
    metadata = said(pdf)

    assert metadata["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"
    assert metadata["{http://www.aiim.org/pdfa/ns/id/}conformance"] == "A"
    assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert metadata["{http://www.aiim.org/pdfa/ns/schema#}prefix"] == "pdfuaid"
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert reader.metadata.title == metadata["title"]


def test_nothing_is_appended_to_a_sealed_file():
    """One header, one end: the seal is laid into the first and only writing."""
    pdf = make_sealed()

    assert (pdf.count(b"%PDF-"), pdf.count(b"startxref"), pdf.count(b"%%EOF")) == (
        1,
        1,
        1,
    )


def test_a_paper_that_will_not_be_sealed_has_no_place_for_a_seal():
    root = PdfReader(BytesIO(render(make_content(), "en"))).root_object

    assert "/AcroForm" not in root
    assert "/Perms" not in root
