"""An administrator or coordinator sees the site as one participant does (PR-07).

Only to read: every other method is refused, whatever its address, so that nothing is
recorded in the participant's name (CO-13). `request.user` is the participant,
`request.real_user` who sits at the screen, `request.viewed_as` the person or None.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from courses import clock

from .actions.viewing import stop_viewing, why_not_view
from .models import Person

KEY = "viewing_as"
READING = ("GET", "HEAD", "OPTIONS")
STOP = "lms:stop_viewing_as"
SIGN_OUT = "account_logout"

# How the names of addresses begin that stay shut: they are of one's own account.
_shut = ["account_", "mfa_", "wagtailadmin_"]


def shut(names: str) -> None:
    """Keep addresses whose names begin so from who looks through other eyes."""
    _shut.append(names)


def begin(request: HttpRequest, person: Person, until: datetime) -> None:
    """From the next request on."""
    request.session[KEY] = {"person": person.pk, "until": until.isoformat()}


def end(request: HttpRequest, *, ended: str) -> Person | None:
    """Back to one's own eyes, at once; None where they were one's own already."""
    state = request.session.pop(KEY, None)
    person = Person.objects.filter(pk=state["person"]).first() if state else None
    if person:
        stop_viewing(person, by=request.real_user, ended=ended)
    request.user, request.viewed_as = request.real_user, None
    return person


class ViewingAs:
    """Stands after the account's middleware and before whatever asks who it is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        real = request.user
        request.real_user = real
        # Lazy: a page that asks nobody's name reads no session.
        request.viewed_as = SimpleLazyObject(lambda: _viewed(request, real))
        request.user = SimpleLazyObject(
            lambda: request.viewed_as.user if request.viewed_as else real
        )
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name or ""
        is_shut = name.startswith(tuple(_shut))
        if (request.method in READING and not is_shut) or not request.viewed_as:
            return None
        if name == SIGN_OUT:
            if request.method == "POST":
                end(request, ended="sign_out")
            return None
        return None if name == STOP else only_reading(request)


def only_reading(request: HttpRequest) -> HttpResponse:
    return render(request, "lms/only_reading.html", status=403)


def _viewed(request: HttpRequest, real) -> Person | None:
    """Through whose eyes; ends what is over or no longer allowed."""
    state = request.session.get(KEY)
    if not state or not real.is_authenticated:
        return None
    people = Person.objects.select_related("user")
    person = people.filter(pk=state["person"]).first()
    is_over = datetime.fromisoformat(state["until"]) <= clock.now()
    if person and not is_over and not why_not_view(real, person):
        return person
    end(request, ended="time" if is_over else "right")
    return None
