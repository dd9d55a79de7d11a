from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms import viewing_as
from lms.actions.viewing import start_viewing
from lms.forms.cohorts import ReasonForm
from lms.models import Person

from .scoped import StepView


class ViewAsView(StepView):
    """Asks why; from then on the site is seen as the person sees it."""

    model = Person
    related = ["user"]
    form_class = ReasonForm
    page_title = _("View as")
    explanation = _(
        "For 30 minutes you see the site as this person sees it, only for reading. "
        "That you did, and why, stays in their history."
    )
    success_message = _("You see the site as this person does.")

    def take_step(self, reason):
        user = self.request.user
        until = start_viewing(self.subject, by=user, reason=reason)
        viewing_as.begin(self.request, self.subject, until)

    def get_breadcrumbs_items(self):
        row = reverse("lms_people:inspect", args=[self.subject.pk])
        here = {"url": "", "label": self.page_title}
        person = {"url": row, "label": str(self.subject)}
        return [*self.breadcrumbs_items, person, here]

    def get_success_url(self):
        return reverse("lms:my_courses")

    def get_context_data(self, **kwargs):
        back = reverse("lms_people:inspect", args=[self.subject.pk])
        return super().get_context_data(**kwargs) | {"cancel_url": back}
