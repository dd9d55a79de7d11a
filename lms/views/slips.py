"""Sign-in slips: printed by who teaches, used once by who has no e-mail."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from courses import clock
from lms import codes, paper_codes, printing, scoping, throttle
from lms.actions import slips as actions
from lms.actions.refusal import Refused
from lms.forms.consents import is_ticked, offer
from lms.forms.slips import PrintSlipsForm, SlipAccountForm, SlipCodeForm
from lms.models import Cohort, ConsentText, SignInSlip

from .consents import agree_as_well

A_SHEET = 8
A_MINUTE = 60  # a whole room scans at once
SESSION_KEY = "sign_in_slip"
TIME_TO_FILL_IN = timedelta(minutes=30)


@never_cache
@login_required
def print_slips(request, code):
    """Choose who gets a slip; the button prints them, and older ones end."""
    cohort = get_object_or_404(scoping.cohorts_for(request.user, "teach"), code=code)
    people = actions.without_account(cohort)
    form = PrintSlipsForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["people"]
        printed = actions.print_slips(cohort, people=chosen, by=request.user)
        answer = HttpResponse(sheet(cohort, printed), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="slips-{code}.pdf"'
        return answer
    context = {"cohort": cohort, "form": form, "days": actions.DAYS}
    return render(request, "lms/print_slips.html", context)


def sheet(cohort: Cohort, printed: list[tuple[SignInSlip, str]]) -> bytes:
    """The slips as a PDF in the language of the cohort, eight to a page."""
    with override(cohort.locale):
        slips = [_printed(slip, code) for slip, code in printed]
        pages = [slips[i : i + A_SHEET] for i in range(0, len(slips), A_SHEET)]
        address = whole_address(reverse("lms:enter_slip")).partition("://")[2]
        context = {"cohort": cohort, "pages": pages, "address": address}
        return printing.pdf("lms/print/slips.html", context)


def _printed(slip: SignInSlip, code: str) -> dict:
    return {
        "name": slip.person.legal_name,
        "code": codes.grouped(code, 5),
        "until": slip.expires_at.astimezone(slip.cohort.zone),
        "picture": paper_codes.square(
            whole_address(reverse("lms:open_slip", args=[code])),
            title=_("Square code with the address"),
        ),
    }


def whole_address(path: str) -> str:
    """With the host, for what is printed."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


@never_cache
def enter_slip(request):
    """The code typed by hand."""
    form = SlipCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _open(request, form.cleaned_data["code"], form)
    return _ask_code(request, form)


@never_cache
def open_slip(request, code):
    """The code scanned. The address leaves the screen at once; nothing is used yet."""
    form = SlipCodeForm({"code": code})
    form.full_clean()
    return _open(request, code, form)


def _open(request, typed: str, form):
    if not throttle.allows(request, door="slip", tries=A_MINUTE):
        form.add_error(None, _("Too many tries. Wait a minute and try again."))
        return _ask_code(request, form, status=429)
    try:
        slip = actions.find_slip(typed)
    except Refused as refusal:
        refusal.tell(form)
        return _ask_code(request, form)
    until = clock.now() + TIME_TO_FILL_IN
    request.session[SESSION_KEY] = [slip.pk, until.timestamp()]
    return redirect("lms:slip_account")


def _ask_code(request, form, status: int = 200):
    # A code of the address is not shown again: the page is kept, the slip may be live.
    return render(request, "lms/enter_slip.html", {"form": form}, status=status)


@sensitive_post_parameters()
@never_cache
def slip_account(request):
    """The page a good slip opens: choose user name and password, and be signed in."""
    slip = slip_of(request)
    if slip is None:
        return redirect("lms:enter_slip")
    if request.user.is_authenticated:
        return render(request, "lms/slip_signed_in.html", {"slip": slip})
    initial = {"username": actions.suggested_username(slip.person)}
    form = SlipAccountForm(request.POST or None, initial=initial)
    text = ConsentText.objects.current()
    offer(form, text)
    if request.method == "POST" and form.is_valid():
        answer = _use(request, slip, form)
        if answer:
            if is_ticked(form, text):
                agree_as_well(slip.person, text, by=request.user)
            return answer
    context = {"slip": slip, "form": form, "consent_text": text}
    return render(request, "lms/slip_account.html", context)


def slip_of(request) -> SignInSlip | None:
    """The slip opened on this device a short while ago, if it still opens anything."""
    pk, until = request.session.get(SESSION_KEY, (None, 0))
    if until < clock.now().timestamp():
        return None
    slips = SignInSlip.objects.select_related("person", "cohort")
    slip = slips.filter(pk=pk).first()
    try:
        actions.check_slip(slip)
    except Refused as refusal:
        messages.error(request, str(refusal))
        request.session.pop(SESSION_KEY)
        return None
    return slip


def _use(request, slip: SignInSlip, form):
    """Signed in and on the way to the courses, or None and the reason in the form."""
    answers = form.cleaned_data
    try:
        user = actions.use_slip(
            slip, username=answers["username"], password=answers["password"]
        )
    except Refused as refusal:
        refusal.tell(form)
        return None
    welcome = _("Your account is ready. Next time sign in as %(name)s.")
    return sign_in(request, user, welcome=welcome % {"name": user.username})


def sign_in(request, user, *, welcome: str):
    """Whose slip was used is signed in and on the way to the courses."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(SESSION_KEY, None)
    messages.success(request, welcome)
    return redirect("lms:my_courses")
