"""One certificate for its holder: show it, copy it, withdraw it."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates.actions import copies, ending, sharing
from certificates.cards import card, open_link, profile_form
from certificates.due.renewing import renewal_of
from certificates.due.ways_on import way_on
from certificates.forms.holder import ShareForm, WithdrawForm
from certificates.models import Certificate
from certificates.paper.composing.sheets import is_upright
from courses.translations import own_name
from lms.actions.refusal import Refused
from lms.views.sign_in import posted_by_participant

from .stored import may_have, pdf_response


def my_certificate(request, code) -> Certificate:
    """Mine; anybody else's does not exist (PR-11)."""
    rows = Certificate.objects.of(request.user)
    rows = rows.select_related("cohort__edition")
    return get_object_or_404(rows, code=code)


@never_cache
@require_safe
@login_required
def certificate(request, code):
    return _page(request, my_certificate(request, code), ShareForm())


@posted_by_participant
def share(request, code):
    """Two clicks make one link."""
    row, form = my_certificate(request, code), ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    try:
        sharing.share(row, by=request.user, days=form.cleaned_data["days"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(row, "share"))


@posted_by_participant
def stop_sharing(request, code):
    row = my_certificate(request, code)
    if link := open_link(row):
        sharing.stop_sharing(link, by=request.user)
    messages.success(request, _("Switched off: the link opens nothing any more."))
    return redirect(_back(row, "share"))


@posted_by_participant
def make_copy(request, code):
    """Draws it once; afterwards the page has a link to the file."""
    row, language = my_certificate(request, code), request.POST.get("language", "")
    try:
        copies.copy_in(row, language=language, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(row, "languages"))


@require_safe
@login_required
def download_copy(request, code, language):
    """The stored file in another language, byte by byte every time (CE-02)."""
    row = get_object_or_404(Certificate, code=code)
    if not may_have(request.user, row):
        raise Http404
    copy = get_object_or_404(row.copies.exclude(pdf=""), language=language)
    return pdf_response(request, copy.pdf, f"{row.number}-{language}")


@method_decorator(login_required, name="dispatch")
class WithdrawView(View):
    """A step of its own, which says what it means, and a box to tick."""

    def get(self, request, code):
        return self.show(my_certificate(request, code), WithdrawForm())

    def post(self, request, code):
        row, form = my_certificate(request, code), WithdrawForm(request.POST)
        if not form.is_valid():
            return self.show(row, form)
        try:
            ending.withdraw(row, by=request.user)
        except Refused as refusal:
            refusal.tell(form)
            return self.show(row, form)
        messages.success(request, _("Your certificate is withdrawn."))
        return redirect("certificates:own", code=row.code)

    def show(self, row, form):
        context = {"card": card(row, get_language()), "form": form}
        return render(self.request, "certificates/withdraw.html", context)


def _page(request, row: Certificate, form: ShareForm):
    language, link = get_language(), open_link(row)
    context = {
        "card": card(row, language),
        # In one piece: a number that is broken at a hyphen is read wrongly.
        "number": format_html('<bdi class="num">{}</bdi>', row.number),
        "form": form,
        "link": link,
        "link_url": _address(link) if link else "",
        "copies": _copies(row),
        "badge": _badge(row),
        "profile_url": profile_form(row, language),
        "renewed_by": renewal_of(row),
        "way_on": way_on(row, language) if row.valid_until else None,
        "is_upright": is_upright(row.content["design"]["theme"]),
        "replaced_by": Certificate.objects.filter(replaces=row).first(),
    }
    return render(request, "certificates/own.html", context)


def _address(link) -> str:
    """In the reader's language; whoever opens it may choose another."""
    path = reverse("certificates:shared", args=[link.token])
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)


def _badge(row: Certificate) -> str:
    """The address of its picture; nothing for a certificate without a credential."""
    if row.credential is None:
        return ""
    return reverse("certificate_badge_picture", args=[row.kind, row.awarded_on.year])


def _copies(row: Certificate) -> list[dict]:
    """Every other language of the paper, by its own name, and whether it is drawn."""
    made = set(row.copies.exclude(pdf="").values_list("language", flat=True))
    return [
        {"code": code, "name": own_name(code), "is_made": code in made}
        for code in copies.other_languages(row)
    ]


def _back(row: Certificate, place: str) -> str:
    return reverse("certificates:own", args=[row.code]) + f"#{place}"
