"""Steps of a certificate's life that staff take, each on a page of its own."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.actions import ending as actions
from certificates.actions.renewing import renew
from certificates.corrections import NoCorrection, correction_for
from certificates.due import paths
from certificates.due.claim import of_certificate
from certificates.due.readiness import rule_of
from certificates.due.renewing import CannotRenew, refuse_renewal
from certificates.forms.life import AskNameForm, RenewForm, RevokeForm
from certificates.models import Certificate
from lms import scoping
from lms.actions.corrections import ask_correction
from lms.forms.cohorts import ReasonForm
from lms.viewsets.scoped import StepView


class CertificateStepView(StepView):
    model = Certificate
    related = ["person", "cohort__edition", "ended_by"]
    form_class = ReasonForm

    def came_from(self):
        url = reverse("certificates_list:inspect", args=[self.subject.pk])
        return url, str(self.subject)


def carried_for(certificate: Certificate, user) -> dict:
    """The awards that rest on it, and which of their pages the user may open."""
    carried = list(paths.carried_by(certificate))
    return {"carried": carried, "seen": seen_of(carried, user)}


def seen_of(certificates: list[Certificate], user) -> set[int]:
    """Those of a path are of several cohorts; another's page is not there (PR-11)."""
    rows = Certificate.objects.filter(pk__in=[one.pk for one in certificates])
    return set(scoping.scope(rows, user).values_list("pk", flat=True))


class RevokeView(CertificateStepView):
    form_class = RevokeForm
    page_title = _("Revoke")
    explanation = _(
        "Whoever checks the certificate is told that it was revoked, when, and what "
        "you choose here. The note stays with us. Somebody else can undo it."
    )
    success_message = _("The certificate is revoked.")
    template_name = "certificates/admin/revoke.html"

    def get_context_data(self, **kwargs):
        """Names the awards that rest on it: they do not fall with it (CE-21)."""
        carried = carried_for(self.subject, self.request.user)
        return super().get_context_data(**kwargs) | carried

    def take_step(self, **answers):
        actions.revoke(self.subject, by=self.request.user, **answers)


class ReplaceView(CertificateStepView):
    page_title = _("Correct the name")
    success_message = _("A new certificate is issued in its place.")

    @property
    def explanation(self):
        """Who asked for the name and who approved it, or what is missing."""
        try:
            asked = correction_for(self.subject)
        except NoCorrection as refusal:
            return str(refusal)
        return gettext(
            "%(person)s asked on %(asked)s for %(new)s instead of %(old)s; "
            "%(by)s approved it on %(decided)s. This issues a new certificate with the "
            "same award date; the old one says that it was replaced."
        ) % {
            "person": self.subject.person,
            "asked": date_format(asked.asked_at, "SHORT_DATE_FORMAT"),
            "new": asked.new,
            "old": asked.old or "–",
            "by": asked.decided_by or "–",
            "decided": date_format(asked.decided_at, "SHORT_DATE_FORMAT"),
        }

    def take_step(self, reason):
        self.subject = actions.replace(
            self.subject, by=self.request.user, reason=reason
        )


class RenewView(CertificateStepView):
    """Of the same place: a refresher, for example."""

    form_class = RenewForm
    page_title = _("Renew")
    success_message = _("Renewed: the new certificate is issued.")

    @property
    def explanation(self):
        try:
            refuse_renewal(self.subject, rule_of(of_certificate(self.subject)))
        except CannotRenew as refusal:
            return str(refusal)
        return gettext(
            "Issues a new certificate that renews this one; this one says that it was "
            "replaced. Who took the whole course again in another cohort is given "
            "theirs there, and this one stays valid to its end."
        )

    def take_step(self, **answers):
        self.subject = renew(self.subject, by=self.request.user, **answers)


class AskNameView(CertificateStepView):
    """For somebody who has no account to ask with."""

    form_class = AskNameForm
    page_title = _("Ask for another name")
    explanation = _(
        "For a person who cannot ask on their own page. The request stands under "
        "Corrections; once it is approved a new certificate can be issued."
    )
    success_message = _("Asked. Approve it under Corrections.")

    def take_step(self, **answers):
        ask_correction(self.subject.person, by=self.request.user, **answers)


class ReinstateView(CertificateStepView):
    page_title = _("Make valid again")
    success_message = _("The certificate is valid again.")

    @property
    def explanation(self):
        try:
            actions.refuse_reinstating(self.subject, by=self.request.user)
        except actions.CannotReinstate as refusal:
            return str(refusal)
        return gettext(
            "For a certificate somebody else revoked by mistake: it is valid again, "
            "with the same number and code. If the holder was told, the holder is told "
            "now."
        )

    def take_step(self, reason):
        actions.reinstate(self.subject, by=self.request.user, reason=reason)
