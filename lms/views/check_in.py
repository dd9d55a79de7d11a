"""I am here: a participant checks in by the code on the wall, scanned or typed."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms import throttle
from lms.actions import check_in_refusals as refusals
from lms.actions import check_ins as actions
from lms.actions.check_in_refusals import CheckInRefused, TooManyTries
from lms.actions.check_ins import Whence
from lms.devices import address_of, device_of, is_known, remember
from lms.forms.check_in import CheckInForm
from lms.models import Enrolment, Mark, Session

TICKET = "check_in_ticket"
# A phone may go from hand to hand; a whole room sits behind one address.
FROM_A_DEVICE, FROM_A_NETWORK = 30, 600
# What the page to which a scan leads says by itself, to who is signed in.
SAID_BY_THE_PAGE = (
    refusals.NotOpenYet,
    refusals.AskTheTrainer,
    refusals.NotOnTheList,
)


@never_cache
@require_safe
def scan(request, pk, code) -> HttpResponse:
    """The square on the wall. The address leaves the screen; nobody is marked yet."""
    knew_device = is_known(request)
    device = device_of(request)
    if not request.viewed_as:
        _look(request, pk, code, device, knew_device)
    return remember(request, redirect("lms:check_in", pk))


@never_cache
def check_in(request, pk) -> HttpResponse:
    """One big button, or a field for the code; then how one is marked."""
    device = device_of(request)
    if not request.user.is_authenticated:
        if request.POST.get("code"):
            _look(request, pk, request.POST["code"], device, is_known=True)
        return redirect_to_login(request.get_full_path())
    session = _session(pk)
    enrolment = actions.place_of(request.user, session) if session else None
    if request.method == "POST":
        answer = _send(request, session, enrolment, device)
    elif enrolment is None:
        answer = _stranger(request)
    else:
        answer = _show(request, session, enrolment)
    return remember(request, answer)


def _send(
    request, session: Session | None, enrolment: Enrolment | None, device: str
) -> HttpResponse:
    """Mark, or say why not, with what was typed still in its field."""
    ticket = "" if request.POST.get("code") else request.session.get(TICKET, "")
    form = None if ticket else CheckInForm(request.POST)
    if enrolment and form and not form.is_valid():
        return _show(request, session, enrolment, form)
    code = form.data.get("code", "") if form else ""
    whence = Whence(device=device, network=address_of(request))
    try:
        _refuse_too_many(request, device)
        if session is None:
            raise refusals.not_on_the_list()
        outcome = actions.check_in(
            session,
            enrolment=enrolment,
            by=request.user,
            whence=whence,
            code=code,
            ticket=ticket,
            nonce=_nonce(request),
        )
    except CheckInRefused as refusal:
        if isinstance(refusal, TooManyTries) or session is None:
            actions.keep_refused(
                refusal, session, by=request.user, whence=whence, value=code
            )
        if enrolment is None:
            return _stranger(request)
        return _refused(request, session, enrolment, form, refusal)
    request.session.pop(TICKET, None)
    if not (outcome.mark and outcome.mark.status):
        # The trainer took the mark back after the code was scanned.
        messages.warning(
            request, _("It is noted that you came. Your trainer decides on the mark.")
        )
    return redirect("lms:check_in", session.pk)


def _refused(request, session, enrolment, form, refusal) -> HttpResponse:
    """Beside the field where a code was typed, above the page where one was scanned."""
    if isinstance(refusal, refusals.TicketRefused):
        request.session.pop(TICKET, None)
    if form:
        refusal.tell(form)
    else:
        messages.error(request, str(refusal))
    status = 429 if isinstance(refusal, TooManyTries) else 200
    return _show(request, session, enrolment, form, status=status)


def _nonce(request) -> UUID | None:
    """What names the form that was sent; without one each sending is its own."""
    try:
        return UUID(request.POST.get("nonce", ""))
    except ValueError:
        return None


def _show(
    request, session: Session, enrolment: Enrolment, form=None, status: int = 200
) -> HttpResponse:
    marks = Mark.objects.filter(session=session, enrolment=enrolment)
    context = {
        "session": session,
        "enrolment": enrolment,
        "form": form or CheckInForm(),
        # Each page is a form of its own: only the same one twice has one effect.
        "nonce": uuid4(),
        "mark": marks.exclude(status=None).select_related("status").first(),
        "has_ticket": form is None and _has_ticket(request, session),
        "refusal": actions.why_not_now(session),
    }
    return render(request, "lms/check_in.html", context, status=status)


def _has_ticket(request, session: Session) -> bool:
    """Does a scanned code wait for the button? From now on it is this person's."""
    kept = request.session.get(TICKET, "")
    ticket = actions.ticket_for(request.user, session, kept)
    if ticket and ticket != kept:
        request.session[TICKET] = ticket
    return bool(ticket)


def _stranger(request) -> HttpResponse:
    """The same for a session of others as for one that does not exist."""
    return render(request, "lms/check_in_stranger.html", status=404)


def _look(request: HttpRequest, pk: int, code: str, device: str, is_known) -> None:
    """Keep a ticket in the browser's session, or say what is wrong with the code."""
    session, by = _session(pk), _whoever(request)
    whence = Whence(device=device, network=address_of(request))
    try:
        _refuse_too_many(request, device if is_known else "")
        if session is None:
            raise refusals.unknown_code()
        request.session[TICKET] = actions.look_at(
            session, code=code, by=by, whence=whence
        )
        if by is None:
            # A page to sign in looks as if the scan had come to nothing.
            text = _("The code is read and waits three minutes for you to sign in.")
            messages.info(request, text)
    except CheckInRefused as refusal:
        # Who is nobody cannot fill the table with tries that were not even looked at.
        if session is None or (by and isinstance(refusal, TooManyTries)):
            actions.keep_refused(refusal, session, by=by, whence=whence, value=code)
        if by is None or not isinstance(refusal, SAID_BY_THE_PAGE):
            messages.error(request, str(refusal))


def _refuse_too_many(request, device: str) -> None:
    """By person and device; by network for who is neither: it may be a whole room."""
    if request.user.is_authenticated:
        is_fine = throttle.allows_person(request.user, door="check-in")
    elif not device:
        is_fine = throttle.allows(request, door="check-in", tries=FROM_A_NETWORK)
    else:
        is_fine = True
    if is_fine and device:
        is_fine = throttle.allows_device(device, door="check-in", tries=FROM_A_DEVICE)
    if not is_fine:
        raise refusals.too_many_tries()


def _whoever(request):
    return request.user if request.user.is_authenticated else None


def _session(pk: int) -> Session | None:
    rows = Session.objects.select_related("cohort__check_in_rules")
    return rows.filter(pk=pk).first()
