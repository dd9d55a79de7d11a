"""Copies of certificates for people who have to do with the cohort (CE-23, CE-36)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.actions import sharing
from certificates.forms.life import ManyForm, SendManyForm
from certificates.models import Certificate
from certificates.recipients import recipients_of
from lms.models import Cohort

from .steps import CertificateStepView


def sendable(policy, user):
    """Valid ones with a paper that this user may change."""
    rows = policy.instances_user_has_any_permission_for(user, ["change"])
    return rows.filter(status=Certificate.Status.VALID).exclude(pdf="")


class SendCopyView(CertificateStepView):
    """A link to people who have to do with the cohort, and to nobody else."""

    form_class = ManyForm
    page_title = _("Send a copy")
    success_message = _("Sent to whoever had not got one before.")

    @property
    def explanation(self):
        if self.recipients:
            return gettext("They get a letter with a link that opens for thirty days.")
        return gettext(
            "Nobody to send it to: the cohort has no trainer, coordinator or contact "
            "of an organisation with an e-mail address."
        )

    @cached_property
    def recipients(self):
        return {one.key: one for one in recipients_of(self.cohort)}

    def get_form_kwargs(self):
        choices = [
            (key, f"{one.name} ({one.role})") for key, one in self.recipients.items()
        ]
        return super().get_form_kwargs() | {"choices": choices}

    def take_step(self, chosen):
        self.send([self.subject], chosen)

    def send(self, certificates, chosen):
        to = [self.recipients[key] for key in chosen]
        sharing.send_copies(certificates, to=to, by=self.request.user)


class SendCopiesView(SendCopyView):
    """Those of a cohort at once; all are chosen until some are taken out."""

    model = Cohort
    action = "view"
    form_class = SendManyForm

    def rows(self):
        """Cohorts with a valid certificate that the reader may change."""
        return Cohort.objects.filter(pk__in=self._sendable().values("cohort"))

    @property
    def cohort(self):
        return self.subject

    @cached_property
    def certificates(self):
        rows = self._sendable().filter(cohort=self.subject)
        return {str(row.pk): row for row in rows.order_by("number")}

    def _sendable(self):
        return sendable(self.permission_policy, self.request.user)

    def came_from(self):
        url = reverse("certificates_list:index")
        return f"{url}?cohort={self.subject.pk}", gettext("Certificates")

    def get_form_kwargs(self):
        choices = [
            (key, f"{row}, {row.get_kind_display()}, {row.content['holder']}")
            for key, row in self.certificates.items()
        ]
        return super().get_form_kwargs() | {
            "certificates": choices,
            "initial": {"certificates": list(self.certificates)},
        }

    def take_step(self, chosen, certificates):
        self.send([self.certificates[key] for key in certificates], chosen)
