"""The page on which people see who they are here, and say it the first time."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from lms.actions.corrections import ask_correction, take_back_correction, written
from lms.actions.people import (
    add_organisation,
    change_person,
    claim_or_add_person,
)
from lms.actions.refusal import Refused
from lms.confirmed import confirmed_email
from lms.forms.consents import is_ticked, offer
from lms.models import ConsentText, CorrectionRequest, Person
from lms.views.consents import agree_as_well

from .forms import AboutMeForm, ContactForm, CorrectionForm


@method_decorator(login_required, name="dispatch")
class ProfileView(View):
    """Who I am: asked once, then shown; language and phone can be changed."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        user = request.user
        people = Person.objects.select_related("organisation")
        known = user.is_authenticated and people.filter(user=user).first()
        self.person = known or None
        new = user.is_authenticated and not known
        self.consent_text = ConsentText.objects.current() if new else None

    def form(self, data=None):
        if self.person is None:
            name = self.request.user.get_full_name()
            initial = {"legal_name": name, "locale": get_language()}
            form = AboutMeForm(data, initial=initial)
            offer(form, self.consent_text)
            return form
        names = ("locale", "phone", "timezone")
        initial = {name: getattr(self.person, name) for name in names}
        return ContactForm(data, initial=initial)

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            self.save(form)
        except Refused as refusal:
            refusal.tell(form)
            return self.show(form)
        messages.success(request, _("Saved."))
        return redirect(self.way_on())

    def save(self, form) -> None:
        user = self.request.user
        if self.person:
            change_person(self.person, by=user, **form.cleaned_data)
            return
        agrees = is_ticked(form, self.consent_text)
        answers = dict(form.cleaned_data)
        name = answers.pop("organisation")
        if name:
            answers["organisation"] = add_organisation(by=user, name=name)
        email = confirmed_email(user)
        person = claim_or_add_person(user, email=email, **answers)
        if agrees:
            agree_as_well(person, self.consent_text, by=user)

    def way_on(self) -> str:
        """Where the person was going when asked, if that is on this site."""
        wanted = self.request.GET.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(
            wanted, {self.request.get_host()}, self.request.is_secure()
        )
        return wanted if is_ours else "account_pages:profile"

    def show(self, form):
        context = {
            "form": form,
            "person": self.person,
            "consent_text": self.consent_text,
        }
        if self.person:
            asked = self.person.corrections.order_by("-asked_at")[:10]
            context["corrections"] = list(asked)
            context["correctable"] = CorrectionRequest.Field.choices
        return render(self.request, "account/profile.html", context)


@method_decorator(login_required, name="dispatch")
class CorrectView(View):
    """Ask that one of one's data be corrected, or take the request back."""

    def dispatch(self, request, field):
        if field not in CorrectionRequest.Field.values:
            raise Http404
        self.field = CorrectionRequest.Field(field)
        self.person = Person.objects.current().filter(user=request.user).first()
        if self.person is None:
            return redirect("account_pages:profile")
        self.waiting = self.person.corrections.open().filter(field=field).first()
        return super().dispatch(request)

    def get(self, request):
        return self.show(CorrectionForm(field=self.field))

    def post(self, request):
        if "take_back" in request.POST:
            return self.take_back()
        form = CorrectionForm(request.POST, field=self.field)
        if not form.is_valid():
            return self.show(form)
        try:
            answers = form.cleaned_data
            ask_correction(self.person, field=self.field, by=request.user, **answers)
        except Refused as refusal:
            refusal.tell(form)
            return self.show(form)
        messages.success(
            request, _("The people who run your course are asked to correct it.")
        )
        return redirect("account_pages:profile")

    def take_back(self):
        if self.waiting:
            try:
                take_back_correction(self.waiting, by=self.request.user)
                messages.success(self.request, _("Taken back."))
            except Refused as refusal:
                messages.error(self.request, str(refusal))
        return redirect("account_pages:profile")

    def show(self, form):
        present = CorrectionRequest(
            field=self.field, old=written(self.person, self.field)
        )
        context = {
            "form": form,
            "waiting": self.waiting,
            "label": self.field.label,
            "now": present.old_in_words,
        }
        return render(self.request, "account/correct.html", context)
