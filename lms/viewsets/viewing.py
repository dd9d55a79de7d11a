from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lms import viewing_as
from lms.actions.viewing import start_viewing
from lms.forms.cohorts import ReasonForm

from .scoped import PersonStepView


class ViewAsView(PersonStepView):
    """Asks why; from then on the site is seen as the person sees it."""

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

    def get_success_url(self):
        return reverse("lms:my_courses")
