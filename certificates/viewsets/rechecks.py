"""Awards that rest on others, on their pages: what they rest on, what to look at."""

from django.utils.translation import gettext_lazy as _

from certificates.actions.rechecks import let_stand
from certificates.due import paths
from certificates.models import Certificate

from .steps import CertificateStepView, carried_for, seen_of


def of_page(certificate: Certificate, user) -> dict:
    """For the page of a certificate."""
    below = list(certificate.rests_on.order_by("pk"))
    carried = carried_for(certificate, user)
    return carried | {
        "rests_on": below,
        "fallen": paths.fallen_under(certificate),
        "seen": carried["seen"] | seen_of(below, user),
    }


class LetStandView(CertificateStepView):
    page_title = _("Let it stand")
    explanation = _(
        "A certificate this award rests on was revoked. Say why the award stays valid "
        "all the same. If it should not, revoke it instead."
    )
    success_message = _("It stays valid, and your reason is kept.")

    def take_step(self, reason):
        let_stand(self.subject, by=self.request.user, reason=reason)
