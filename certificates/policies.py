"""Who may do what with certificates in the admin."""

from wagtail.permissions import register_permission_policy

from lms.policies import CohortPolicy, DirectoryPolicy

from .models import Certificate, CertificateTemplate, Signatory

POLICIES = [
    CohortPolicy(Certificate, actions={"view": "see", "change": "issue"}),
    # Administrators only: what stands on every certificate is nobody else's to change.
    DirectoryPolicy(CertificateTemplate, actions={}),
    DirectoryPolicy(Signatory, actions={}),
]


def register() -> None:
    """Before Wagtail asks for the first time."""
    for policy in POLICIES:
        register_permission_policy(policy.model, policy)
