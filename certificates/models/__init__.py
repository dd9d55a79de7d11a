"""What was earned, and the proof of it."""

from .automatic import AutomaticRefusal
from .award import AwardRule
from .certificate import Certificate
from .copy import CertificateCopy
from .key import SigningKey
from .proposal import Proposal, ProposedPlace, Vote
from .recheck import Recheck
from .run import IssueRun, IssueRunPlace
from .serial import GivenNumber, Serial
from .share import ShareLink
from .template import CertificateTemplate, Signatory, TemplateVersion

__all__ = [
    "AutomaticRefusal",
    "AwardRule",
    "Certificate",
    "CertificateCopy",
    "CertificateTemplate",
    "GivenNumber",
    "IssueRun",
    "IssueRunPlace",
    "Proposal",
    "ProposedPlace",
    "Recheck",
    "Serial",
    "ShareLink",
    "Signatory",
    "SigningKey",
    "TemplateVersion",
    "Vote",
]
