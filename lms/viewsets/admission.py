"""A cohort's way in: who asks, who waits, and the steps staff take with one place."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from courses import clock
from lms.actions import admission, waiting_list
from lms.actions.cohorts import cancel_cohort
from lms.actions.moving import move
from lms.actions.prerequisites import PrerequisiteMissing
from lms.actions.refusal import Refused
from lms.forms.admission import AnswersForm, MoveForm, PriorityForm
from lms.forms.cohorts import AllTheSameForm, NothingForm, ReasonForm
from lms.models import Cohort, Enrolment

from .scoped import StepView

Status = Enrolment.Status


class CohortStepView(StepView):
    """A step of a whole cohort."""

    model = Cohort

    @property
    def cohort(self):
        return self.subject


class CancelCohortView(CohortStepView):
    form_class = ReasonForm
    page_title = gettext_lazy("Cancel the cohort")
    explanation = gettext_lazy(
        "Everybody who has not completed loses the place, sessions to come are "
        "cancelled, and each person is told once, with your reason. This is not undone."
    )
    success_message = gettext_lazy("The cohort is cancelled and everybody is told.")

    def take_step(self, reason):
        cancel_cohort(self.subject, by=self.request.user, reason=reason)


class AdmissionView(CohortStepView):
    """Requests, answered one by one or many at once; offers; the waiting list."""

    form_class = AnswersForm
    template_name = "lms/admin/admission.html"
    page_title = gettext_lazy("Admission")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cohort": self.subject}

    def get_success_url(self):
        return reverse("lms_cohorts:admission", args=[self.subject.pk])

    def form_valid(self, form):
        """Each place for itself: what one is refused for keeps no other from it.

        Those who lack what must come before stay chosen, for a reason to be written.
        """
        done, refused = 0, []
        for place in form.cleaned_data["places"]:
            try:
                self._answer(place, form.cleaned_data)
                done += 1
            except PrerequisiteMissing as refusal:
                refusal.tell(form)
            except Refused as refusal:
                refused.append(f"{place.person}: {refusal}")
        if done:
            text = ngettext(
                "%(count)s request answered.", "%(count)s requests answered.", done
            )
            messages.success(self.request, text % {"count": done})
        for text in refused:
            messages.error(self.request, text)
        if form.errors:
            return self.form_invalid(form)
        return redirect(self.get_success_url())

    def _answer(self, place: Enrolment, answers: dict) -> None:
        by = self.request.user
        if answers["answer"] == AnswersForm.REFUSE:
            admission.refuse_request(place, by=by, reason=answers["reason"])
        else:
            admission.approve(place, by=by, reason=answers["reason"])

    def get_context_data(self, **kwargs):
        places = self.subject.enrolments.select_related("person__organisation")
        offered = places.filter(status=Status.OFFERED).order_by("offered_until", "pk")
        seated = self.subject.enrolments.seated().count()
        capacity = self.subject.capacity
        return super().get_context_data(**kwargs) | {
            "cohort": self.subject,
            "requests": list(AnswersForm.requests(self.subject)),
            "chosen": self.request.POST.getlist("places"),
            "queue": list(places.queue()),
            "offered": list(offered),
            "seated": seated,
            "free": None if capacity is None else max(capacity - seated, 0),
            "offers_by_itself": self.subject.offers_by_itself(clock.now()),
        }


class PlaceStepView(StepView):
    """A step of one place."""

    model = Enrolment
    related = ["cohort", "person"]


class AdmissionStepView(PlaceStepView):
    """A step that comes from the admission page and goes back to it."""

    def came_from(self):
        url = reverse("lms_cohorts:admission", args=[self.subject.cohort_id])
        return url, AdmissionView.page_title


class ApproveView(AdmissionStepView):
    form_class = AllTheSameForm
    page_title = gettext_lazy("Approve")
    explanation = gettext_lazy(
        "The person gets a seat if one is free, else the end of the waiting list."
    )
    success_message = gettext_lazy("The request is approved.")

    def take_step(self, reason):
        admission.approve(self.subject, by=self.request.user, reason=reason)


class RefuseView(AdmissionStepView):
    form_class = ReasonForm
    page_title = gettext_lazy("Refuse the request")
    explanation = gettext_lazy("The person reads your reason in a letter.")
    success_message = gettext_lazy("The request is refused.")

    def take_step(self, reason):
        admission.refuse_request(self.subject, by=self.request.user, reason=reason)


class OfferView(AdmissionStepView):
    form_class = NothingForm
    page_title = gettext_lazy("Offer a seat now")
    explanation = gettext_lazy(
        "A free seat is kept for this person, before everybody else who waits, until "
        "the offer runs out. They are told by letter."
    )
    success_message = gettext_lazy("The seat is offered.")

    def take_step(self):
        waiting_list.offer_now(self.subject, by=self.request.user)


class PriorityView(AdmissionStepView):
    form_class = PriorityForm
    page_title = gettext_lazy("Priority")
    explanation = gettext_lazy("Who has a higher number is offered a seat earlier.")
    success_message = gettext_lazy("The priority is changed.")

    def get_initial(self):
        return {"priority": self.subject.priority}

    def take_step(self, priority):
        waiting_list.set_priority(self.subject, priority=priority, by=self.request.user)


class MoveView(PlaceStepView):
    form_class = MoveForm
    page_title = gettext_lazy("Move to another cohort")
    explanation = gettext_lazy(
        "Lessons and quizzes go along; attendance stays with the old place. Only "
        "cohorts of the same course and edition are listed."
    )
    success_message = gettext_lazy("The participant is moved.")

    def get_form_kwargs(self):
        about = {"enrolment": self.subject, "user": self.request.user}
        return super().get_form_kwargs() | about

    def take_step(self, to, reason):
        move(self.subject, to=to, by=self.request.user, reason=reason)


# Where a place stands: the steps staff can take, each its address and its name.
STEPS = {
    Status.REQUESTED: [
        ("approve", gettext_lazy("Approve")),
        ("refuse", gettext_lazy("Refuse the request")),
    ],
    Status.WAITLISTED: [
        ("offer", gettext_lazy("Offer a seat now")),
        ("priority", gettext_lazy("Priority")),
        ("withdraw", gettext_lazy("Withdraw")),
    ],
    Status.OFFERED: [("withdraw", gettext_lazy("Withdraw"))],
    Status.ACTIVE: [
        ("withdraw", gettext_lazy("Withdraw")),
        ("move", gettext_lazy("Move to another cohort")),
    ],
    Status.WITHDRAWN: [("reactivate", gettext_lazy("Give the place back"))],
    Status.REFUSED: [("approve", gettext_lazy("Approve"))],
}


def steps_for(enrolment: Enrolment) -> list[tuple[str, str]]:
    """None for what is completed or cancelled."""
    return [
        (reverse(f"lms_enrolments:{name}", args=[enrolment.pk]), label)
        for name, label in STEPS.get(enrolment.status, [])
    ]


STEP_VIEWS = {
    "approve": ApproveView,
    "refuse": RefuseView,
    "offer": OfferView,
    "priority": PriorityView,
    "move": MoveView,
}
