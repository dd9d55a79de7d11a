"""Whose row is it: the path from each model of certificates to its cohort."""

from lms import scoping

from .models import (
    AutomaticRefusal,
    Certificate,
    CertificateCopy,
    GivenNumber,
    IssueRun,
    IssueRunPlace,
    Proposal,
    ProposedPlace,
    Recheck,
    ShareLink,
    Vote,
)

PATHS = {
    AutomaticRefusal: "enrolment__cohort",
    Certificate: "cohort",
    CertificateCopy: "certificate__cohort",
    GivenNumber: "cohort",
    IssueRun: "cohort",
    IssueRunPlace: "run__cohort",
    Proposal: "cohort",
    ProposedPlace: "proposal__cohort",
    Recheck: "certificate__cohort",
    ShareLink: "certificate__cohort",
    Vote: "proposal__cohort",
}


def register() -> None:
    """Let the site's one gate answer for each."""
    for model, path in PATHS.items():
        scoping.register(model, path)
