"""The bytes of a seal: a CMS signature exactly as RFC 5652 and ours have it.

What a signature covers is safe; what stands around it is not. So a seal is rebuilt
from its signed part, and must come out the same to the last byte.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import cms, pem, tsp, x509
from pyhanko.sign.validation.generic_cms import validate_sig_integrity


@lru_cache(maxsize=32)
def certificates_of(public: str) -> list[bytes]:
    """The sealer's own certificate and then, in order, those that vouch for it."""
    own, *others = [der for _name, _headers, der in _pems(public)]
    return [own, *sorted(others)]


def _pems(public: str):
    return pem.unarmor(public.encode(), multiple=True)


@dataclass(frozen=True)
class Seal:
    """`certificates` as `certificates_of` gives them."""

    info: cms.SignerInfo
    certificates: list[bytes]
    is_strict: bool

    @classmethod
    def read(cls, digits: bytes) -> "Seal":
        """From the hexadecimal digits of its place. Raises whatever asn1crypto does."""
        data = bytes.fromhex(digits.decode())
        content = cms.ContentInfo.load(data)
        written = content.dump()
        signed = content["content"]
        (info,) = signed["signer_infos"]
        ders = [one.chosen.dump() for one in signed["certificates"]]
        own = _own(info, ders)
        certificates = [own, *sorted(der for der in ders if der != own)]
        is_strict = (
            _rebuilt(info, certificates) == written
            and not any(data[len(written) :])
            and digits == data.hex().encode()
        )
        return cls(info, certificates, is_strict)

    def vouches_for(self, digest: bytes) -> bool:
        """Made over this SHA-256, and written as we write it."""
        own = x509.Certificate.load(self.certificates[0])
        is_over_it = all(validate_sig_integrity(self.info, own, "data", digest))
        return self.is_strict and is_over_it and self._has_right_stamp()

    @property
    def stamped_at(self) -> datetime | None:
        """When a timestamp authority saw the signature, if one was asked."""
        stamp = _stamp(self.info)
        return stamp and _said(stamp)["gen_time"].native

    def _has_right_stamp(self) -> bool:
        """None at all, or one of this very signature that its authority signed."""
        stamp = _stamp(self.info)
        if stamp is None:
            return True
        (info,) = stamp["signer_infos"]
        own = x509.Certificate.load(
            _own(info, [one.chosen.dump() for one in stamp["certificates"]])
        )
        words = bytes(stamp["encap_content_info"]["content"])
        algorithm = info["digest_algorithm"]["algorithm"].native
        digest = hashlib.new(algorithm, words).digest()
        imprint = _said(stamp)["message_imprint"]
        seen = hashlib.new(
            imprint["hash_algorithm"]["algorithm"].native,
            self.info["signature"].native,
        ).digest()
        return seen == imprint["hashed_message"].native and all(
            validate_sig_integrity(info, own, "tst_info", digest)
        )


def _own(info: cms.SignerInfo, ders: list[bytes]) -> bytes:
    named = info["sid"].chosen
    return next(
        der
        for der in ders
        if (one := x509.Certificate.load(der)).serial_number
        == named["serial_number"].native
        and one.issuer == named["issuer"]
    )


def _rebuilt(info: cms.SignerInfo, certificates: list[bytes]) -> bytes:
    own = x509.Certificate.load(certificates[0])
    sha256 = {"algorithm": "sha256"}
    signer = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": own.issuer, "serial_number": own.serial_number},
        ),
        "digest_algorithm": sha256,
        "signed_attrs": info["signed_attrs"],
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signature": info["signature"].native,
    }
    if _stamp(info) is not None:
        signer["unsigned_attrs"] = info["unsigned_attrs"]
    chosen = [
        cms.CertificateChoices("certificate", x509.Certificate.load(der))
        for der in certificates
    ]
    signed = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": chosen,
        "signer_infos": [signer],
    }
    return cms.ContentInfo(
        {"content_type": "signed_data", "content": cms.SignedData(signed)}
    ).dump()


def _stamp(info: cms.SignerInfo) -> cms.SignedData | None:
    """The token beside the signature, if there is one; nothing else may be there."""
    attributes = info["unsigned_attrs"]
    if not attributes:
        return None
    (attribute,) = attributes
    (token,) = attribute["values"]
    return token["content"]


def _said(stamp: cms.SignedData) -> tsp.TSTInfo:
    return stamp["encap_content_info"]["content"].parsed
