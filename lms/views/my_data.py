"""My data: what is held about me, a copy of it, and being forgotten."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import clock
from lms.actions import data_copies, erasure
from lms.actions.refusal import Refused
from lms.forms.privacy import ForgetForm
from lms.models import ConsentText, DataExport, Person
from lms.personal.subject import counts, subject_of
from lms.roles import is_administrator

from .sign_in import posted_by_participant


@never_cache
@require_safe
@login_required
def my_data(request) -> HttpResponse:
    """As many queries for however many rows are held."""
    person = me(request)
    now = clock.now()
    copies = person.data_exports.filter(asked_by=request.user, expires_at__gt=now)
    context = {
        "person": person,
        "held": counts(subject_of(person)),
        "copy": copies.first(),
        "now": now,
        "wish": person.erasures.first(),
        "consent": person.consents.in_force().select_related("text").first(),
        "asks": ConsentText.objects.published().exists(),
    }
    return render(request, "lms/my_data.html", context)


@posted_by_participant
def ask_data(request) -> HttpResponse:
    """Two clicks ask once."""
    try:
        data_copies.ask_data(me(request), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We are making your copy. It takes some minutes."))
    return redirect("lms:my_data")


@never_cache
@posted_by_participant
def take_data(request, pk) -> HttpResponse:
    """The file, for whom it is about and for the administrator who asked."""
    user = request.user
    mine = Q(person__user=user)
    if is_administrator(user):
        mine |= Q(asked_by=user)
    copies = DataExport.objects.select_related("person")
    copy = get_object_or_404(copies.filter(mine), pk=pk)
    is_own = copy.person.user_id == user.pk
    try:
        file = data_copies.take(copy, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lms:my_data" if is_own else "lms_reports:exports")
    return FileResponse(
        file,
        as_attachment=True,
        filename="data.zip",
        content_type="application/zip",
        headers={"Cache-Control": "private, no-store"},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask_erasure(request) -> HttpResponse:
    """First what would go and what stays; the button writes the wish down."""
    person = me(request)
    form = ForgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _wish(request, person, form):
        return redirect("lms:my_data")
    context = {"form": form, "plan": erasure.plan(person)}
    return render(request, "lms/ask_erasure.html", context)


def _wish(request, person: Person, form: ForgetForm) -> bool:
    try:
        erasure.ask(person, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        refusal.tell(form)
        return False
    messages.success(request, _("We have written down that you want to be forgotten."))
    return True


def me(request) -> Person:
    return get_object_or_404(Person.objects.current(), user=request.user)
