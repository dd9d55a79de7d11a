"""The step on a cohort's page that prints the letters for the post."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from lms.actions.printed_letters import print_letters, to_print
from lms.actions.refusal import Refused
from lms.forms.cohorts import NothingForm
from lms.models import Cohort

from .scoped import StepView


class PrintLettersView(StepView):
    """How many letters wait, and the button that gives the file."""

    model = Cohort
    form_class = NothingForm
    page_title = _("Print the letters")
    template_name = "lms/admin/print_letters.html"

    @property
    def cohort(self):
        return self.subject

    def form_valid(self, form):
        try:
            file = print_letters(self.subject, by=self.request.user)
        except Refused as refusal:
            refusal.tell(form)
            return self.form_invalid(form)
        answer = HttpResponse(file, content_type="application/pdf")
        name = f"letters-{self.subject.code}.pdf"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def get_context_data(self, **kwargs):
        number = to_print().filter(cohort=self.subject).count()
        return super().get_context_data(**kwargs) | {"number": number}
