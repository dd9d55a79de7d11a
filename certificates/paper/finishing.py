"""What makes a drawn PDF fit for an archive, for a screen reader and for a seal.

WeasyPrint writes PDF/A-3a *or* PDF/UA-1. Here the second claim joins the first in the
one description that the file may have, and the place for the seal is laid into the
same writing of the file, so that nothing is ever appended to it.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import pydyf
from weasyprint import Attachment

from lms.printing import Fetcher

# PDF/UA-1, 5: the claim; PDF/A-3, 6.6.2.3.1: a property that PDF/A does not know is
# described in the file itself.
UA_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""

# Ten digits a number: a file may have ten gigabytes.
RANGE = b"[0 0000000000 0000000000 0000000000]"
CREDENTIAL = "credential.json"


class Enclosed(NamedTuple):
    """A file inside the PDF: what it is named, what it holds, what a reader is told."""

    name: str
    data: bytes
    description: str
    at: datetime


class SealPlace(NamedTuple):
    """Room for a seal of so many bytes, made at this instant, for this certificate."""

    room: int
    at: datetime
    number: str = ""


def attachment(enclosed: Enclosed) -> Attachment:
    """As data from which the page can be made anew: AFRelationship is Data."""
    return Attachment(
        string=enclosed.data,
        name=enclosed.name,
        description=enclosed.description,
        created=enclosed.at,
        modified=enclosed.at,
        relationship="Data",
        url_fetcher=Fetcher(),
    )


def finisher(
    place: SealPlace | None, languages: Sequence[str] = ()
) -> Callable[[object, pydyf.PDF], None]:
    """What WeasyPrint calls before it writes the file.

    `languages` are those of the columns, for whoever has the paper read aloud.
    """

    def finish(_document: object, pdf: pydyf.PDF) -> None:
        _claim_accessibility(pdf)
        _print_as_large_as_it_is(pdf)
        _name_languages(pdf, languages)
        _name_each_file_once(pdf)
        if place:
            _lay_place(pdf, place)
        pdf.objects = [_Written.once(one) for one in pdf.objects]

    return finish


def _claim_accessibility(pdf: pydyf.PDF) -> None:
    stream = pdf.objects[_number(pdf.catalog["Metadata"])]
    stream.stream = [
        part.replace(b"</rdf:RDF>", UA_CLAIM, 1) if isinstance(part, bytes) else part
        for part in stream.stream
    ]


def _print_as_large_as_it_is(pdf: pydyf.PDF) -> None:
    """A printer at home is asked not to shrink the page, and the QR code with it."""
    preferences = pdf.catalog.setdefault("ViewerPreferences", pydyf.Dictionary())
    preferences["PrintScaling"] = "/None"


def _name_languages(pdf: pydyf.PDF, languages: Sequence[str]) -> None:
    """WeasyPrint writes a column as a part, and no language beside the page's own."""
    parts = [one for one in pdf.objects if _is_part(one)]
    for part, language in zip(parts, languages, strict=False):
        part["Lang"] = pydyf.String(language)


def _is_part(candidate: object) -> bool:
    return isinstance(candidate, pydyf.Dictionary) and candidate.get("S") == "/Part"


def _name_each_file_once(pdf: pydyf.PDF) -> None:
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _lay_place(pdf: pydyf.PDF, place: SealPlace) -> None:
    """A certifying signature yet to be filled in; its field shows nothing."""
    signature = _Signature(_signature(place))
    pdf.add_object(signature)
    page = next(one for one in pdf.objects if _is(one, "/Page"))
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String("Seal"),
            "TU": pydyf.String("Seal"),
            "V": signature.reference,
            "P": page.reference,
            # Printed and locked, as PDF/A wants it, and outside of the page, so that
            # PDF/UA asks for no place in the structure.
            "F": 4 + 128,
            "Rect": pydyf.Array([-9999, -9999, -9999, -9999]),
        }
    )
    pdf.add_object(field)
    page["Annots"] = pydyf.Array([*page.get("Annots", []), field.reference])
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {"Fields": pydyf.Array([field.reference]), "SigFlags": 3}
    )
    pdf.catalog["Perms"] = pydyf.Dictionary({"DocMDP": signature.reference})


def _signature(place: SealPlace) -> dict[str, object]:
    parameters = {"Type": "/TransformParams", "P": 1, "V": "/1.2"}
    reference = {
        "Type": "/SigRef",
        "TransformMethod": "/DocMDP",
        "TransformParams": pydyf.Dictionary(parameters),
    }
    at = place.at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
    return {
        "Type": "/Sig",
        "Filter": "/Adobe.PPKLite",
        "SubFilter": "/ETSI.CAdES.detached",
        "M": pydyf.String(at),
        # Readers of PDF show it with the seal; ours takes the number from here.
        "Reason": pydyf.String(place.number),
        "Reference": pydyf.Array([pydyf.Dictionary(reference)]),
        "ByteRange": RANGE,
        "Contents": b"<" + b"0" * (2 * place.room) + b">",
    }


class _Signature(pydyf.Dictionary):
    """Stands open in the file: in a compressed stream it could not be filled in."""

    compressible = False


class _Written(pydyf.Object):
    """An object as its bytes: the writer asks for them twice, to write and to sum."""

    def __init__(self, source: pydyf.Object):
        super().__init__()
        self.number, self.generation = source.number, source.generation
        self.is_compressible = source.compressible
        self.written = source.data

    @classmethod
    def once(cls, source: pydyf.Object) -> pydyf.Object:
        return source if source.free == "f" else cls(source)

    @property
    def data(self) -> bytes:
        return self.written

    @property
    def compressible(self) -> bool:
        return self.is_compressible


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _is(candidate: object, type_: str) -> bool:
    return isinstance(candidate, pydyf.Dictionary) and candidate.get("Type") == type_
