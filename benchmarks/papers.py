"""The same certificate drawn and sealed naively, and by us.

Same page, letters, ornaments, square code and file inside; naively each begins from
nothing, as one would write it first.
"""

import io
import json
import uuid
from functools import cache
from typing import Any

import segno
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.template.loader import render_to_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.functions import sign_pdf
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko_certvalidator.registry import SimpleCertificateStore
from weasyprint import CSS, HTML, Attachment
from weasyprint.urls import URLFetcher, URLFetcherResponse

from certificates.content import Content
from certificates.paper import frame, rendering
from certificates.paper.composing.page import context_of
from certificates.paper.composing.sheets import theme_of
from certificates.paper.finishing import CREDENTIAL, Enclosed
from certificates.paper.ornament.lines import svg
from certificates.seal import sealing
from courses import clock
from lms.printing import FONTS
from tests.certificates.papers import in_full

LANGUAGE = "tg"
BADGE = json.dumps({"proof": "x" * 3000}).encode()


def content() -> Content:
    """Another one each time: nothing of it can be kept for the next."""
    code = uuid.uuid4().hex[:18].upper()
    return _known() | {"verify_url": f"https://example.org/verify/{code}"}


@cache
def _known() -> Content:
    return in_full("guilloche", LANGUAGE)


def ours() -> bytes:
    return rendering.render(content(), LANGUAGE)


def ours_sealed() -> bytes:
    place = sealing.place("UST-2026-000001")
    enclosed = [Enclosed(CREDENTIAL, BADGE, "Open Badge", clock.now())]
    paper = rendering.render(content(), LANGUAGE, enclosed=enclosed, place=place)
    return sealing.seal(paper)


def naive(**options: Any) -> bytes:
    paper = content()
    html = render_to_string(
        "certificates/print/certificate.html", context_of(paper, LANGUAGE)
    )
    css = render_to_string("certificates/print/certificate.css")
    css += rendering.css_of(theme_of(paper["design"]["theme"]))
    fetcher = _Pictures(paper)
    document = HTML(string=html, url_fetcher=fetcher, base_url="paper:")
    sheet = CSS(string=css, url_fetcher=fetcher, base_url="paper:")
    return document.write_pdf(stylesheets=[sheet], **options)


def naive_in_full() -> bytes:
    badge = Attachment(string=BADGE, name=CREDENTIAL, relationship="Data")
    paper = naive(pdf_variant="pdf/a-3a", attachments=[badge])
    signed = sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(paper)),
        PdfSignatureMetadata(
            field_name="Seal",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            subfilter=SigSeedSubFilter.PADES,
        ),
        signer=_signer(),
    )
    return signed.getvalue()


@cache
def _signer() -> SimpleSigner:
    """As pyHanko has it: the key is kept, and read anew for each signature."""
    private = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Naive")])
    now = clock.now()
    builder = x509.CertificateBuilder(
        name,
        name,
        private.public_key(),
        x509.random_serial_number(),
        now.replace(year=now.year - 1),
        now.replace(year=now.year + 1),
    )
    certificate = builder.sign(private, hashes.SHA256()).public_bytes(Encoding.DER)
    key = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(
        asn1_x509.Certificate.load(certificate),
        asn1_keys.PrivateKeyInfo.load(key),
        SimpleCertificateStore(),
    )


class _Pictures(URLFetcher):
    """Fonts from their files, ornaments and the square code as SVG."""

    def __init__(self, paper: Content):
        super().__init__()
        self.paper = paper

    def fetch(self, url, headers=None):
        scheme, _, name = url.partition(":")
        if scheme == "font":
            return URLFetcherResponse(url, (FONTS / name).read_bytes())
        design = self.paper["design"]
        if name == "qr":
            text = segno.make(self.paper["verify_url"], error="m").svg_inline()
        else:
            figure = theme_of(design["theme"]) if name == "frame" else name
            text = svg(frame.FIGURES[figure](design["accent"]))
        return URLFetcherResponse(url, text.encode(), {"Content-Type": "image/svg+xml"})
