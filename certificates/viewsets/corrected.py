"""After a correction of a name: which certificates to issue anew (CE-19)."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certificates.actions.ending import replace
from certificates.corrections import approved_names, to_issue_anew
from certificates.forms.life import ManyForm
from lms import scoping
from lms.models import CorrectionRequest
from lms.viewsets.scoped import StepView


def way_on(request: CorrectionRequest, user) -> str:
    """The list, where this approval leaves certificates with the old name."""
    if not to_issue_anew(request, user):
        return ""
    return reverse("certificates_list:corrected", args=[request.pk])


class CorrectedView(StepView):
    """Offers, and does nothing by itself."""

    model = CorrectionRequest
    action = "view"
    form_class = ManyForm
    page_title = _("Issue anew")
    success_message = _("Issued anew. The old ones say that they were replaced.")

    def rows(self):
        """Requests of people the reader sees; which papers, is asked one by one."""
        return scoping.scope(approved_names(), self.request.user).select_related(
            "person"
        )

    @cached_property
    def certificates(self):
        rows = to_issue_anew(self.subject, self.request.user)
        return {str(row.pk): row for row in rows}

    @property
    def explanation(self):
        if not self.certificates:
            return gettext("Every valid certificate says the name as it is approved.")
        return gettext(
            "The correction is approved: %(new)s. These certificates still say the "
            "old name. Choose which to issue anew; the others stay as they are."
        ) % {"new": self.subject.new}

    def get_form_kwargs(self):
        choices = [
            (key, f"{row}, {row.get_kind_display()}, {row.cohort.title}")
            for key, row in self.certificates.items()
        ]
        return super().get_form_kwargs() | {
            "choices": choices,
            "label": _("Certificates"),
            "initial": {"chosen": list(self.certificates)},
        }

    def came_from(self):
        return reverse("lms_corrections:index"), gettext("Corrections")

    def take_step(self, chosen):
        reason = gettext("The name was corrected.")
        for key in chosen:
            replace(self.certificates[key], by=self.request.user, reason=reason)
