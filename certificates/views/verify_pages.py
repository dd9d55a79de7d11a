"""What all pages of checking share: headers, the limit of tries, the two shapes."""

from django.http import JsonResponse
from django.shortcuts import render

from certificates.checking import answer_json, question
from certificates.checking.marks import mark_of
from lms import throttle

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "private, no-store",
}
TEMPLATE = "certificates/verify.html"
# Of those who answer a question each time; nobody checks more by hand.
ASKED = 30


def may_try(request) -> bool:
    """Ten tries a minute for a network, then a question before each, then none.

    Nothing is counted but the tries of this minute, under a keyed hash (CE-10).
    """
    if throttle.allows(request, door="verify"):
        return True
    return (
        "question" in request.POST
        and question.is_answered(request.POST["question"], request.POST.get("sum", ""))
        and throttle.allows(request, door="verify-asked", tries=ASKED)
    )


def slowed(request, context: dict):
    """What was typed comes back; a file has to be chosen again, as we keep none."""
    if wants_json(request):
        return told(request, JsonResponse(answer_json.SLOWED, status=429))
    context |= {
        "is_slowed": True,
        "question": question.ask(),
        "was_wrong": "question" in request.POST,
    }
    return page(request, context, status=429)


def page(request, context: dict, status: int = 200):
    answer = context.get("answer") or context.get("file_answer")
    if answer:
        context["tone"], context["picture"] = mark_of(answer)
    return told(request, render(request, TEMPLATE, context, status=status))


def told(request, response):
    """Keep the page out of searches, and its address to ourselves (CE-13)."""
    for name, value in HEADERS.items():
        response[name] = value
    response["Vary"] = "Accept, Accept-Language, Cookie"
    if response.status_code == 429:
        response["Retry-After"] = str(throttle.SECONDS)
    # Without any referrer a browser hides where a form comes from, and the form that
    # signs out would be refused.
    is_known = request.user.is_authenticated
    response["Referrer-Policy"] = "same-origin" if is_known else "no-referrer"
    return response


def wants_json(request) -> bool:
    """By the end of the address, or by what a machine says it accepts."""
    if request.path.endswith(".json"):
        return True
    kinds = ["text/html", "application/json"]
    return request.get_preferred_type(kinds) == "application/json"
