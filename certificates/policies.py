"""Who may do what with certificates in the admin."""

from wagtail.permissions import register_permission_policy

from lms.policies import CohortPolicy, DirectoryPolicy

from .models import (
    AwardRule,
    Certificate,
    CertificateTemplate,
    GivenNumber,
    Signatory,
    SigningKey,
)

POLICIES = [
    CohortPolicy(Certificate, actions={"view": "see", "change": "issue"}),
    CohortPolicy(GivenNumber, actions={"view": "see"}),
    # Administrators only: what stands on every certificate is nobody else's to change.
    DirectoryPolicy(CertificateTemplate, actions={}),
    DirectoryPolicy(AwardRule, actions={}),
    DirectoryPolicy(Signatory, actions={}),
    DirectoryPolicy(SigningKey, actions={}),
]


def register() -> None:
    """Before Wagtail asks for the first time."""
    for policy in POLICIES:
        register_permission_policy(policy.model, policy)
