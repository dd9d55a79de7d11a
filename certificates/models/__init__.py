"""What was earned, and the proof of it."""

from .certificate import Certificate
from .serial import Serial
from .template import CertificateTemplate, Signatory, TemplateVersion

__all__ = [
    "Certificate",
    "CertificateTemplate",
    "Serial",
    "Signatory",
    "TemplateVersion",
]
