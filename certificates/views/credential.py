"""A certificate for machines: the credential, what has ended, who issues, a picture."""

import hashlib

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from certificates import codes
from certificates.checking import answer_json
from certificates.credential import issuer, picture, status
from certificates.credential.making import as_text
from certificates.models import Certificate
from certificates.models.kinds import Kind
from certificates.seal import keys

from .verify import by_code as page_of_code
from .verify_pages import may_try, told

# The first is what a browser, and whoever takes anything, gets.
HTML = "text/html"
TYPES = ("application/vc", "application/vc+ld+json", "application/ld+json")
JSON = "application/json"
# For how long a program may go without asking again, in seconds.
KEPT = 300


@require_safe
def by_code(request, code):
    """The address in the QR code: the credential for whoever asks for one by its type.

    Everybody else is told what is known of the certificate today, as a page or as JSON.
    """
    if request.get_preferred_type([HTML, JSON, *TYPES]) in TYPES:
        return credential(request, code)
    return page_of_code(request, code)


@require_safe
def credential(request, code):
    """What was signed at issue. It says no name; see `certificates.credential.holder`.

    As strangers may ask, it is slowed as the page of checking is (CE-10).
    """
    if not may_try(request):
        return _open(told(request, JsonResponse(answer_json.SLOWED, status=429)))
    found = _found(code)
    if found is None:
        return _open(told(request, JsonResponse({"verdict": "unknown"}, status=404)))
    wanted = request.get_preferred_type([JSON, *TYPES])
    response = HttpResponse(as_text(found.credential), content_type=wanted or JSON)
    response["Content-Location"] = found.credential["id"]
    return _open(told(request, response))


@require_safe
def status_list(request, number):
    """Which credentials have ended, as the database says now; its own signature."""
    if not status.exists(number):
        raise Http404
    try:
        key = keys.credential_key()
    except keys.KeyMissing:
        return _open(JsonResponse({"error": "no key"}, status=503))
    return _public(request, as_text(status.status_list(number, key=key)), TYPES[0])


@require_safe
def did(request):
    """The issuer's DID document: every key that may be believed."""
    return _public(request, as_text(issuer.did_document()), "application/did+json")


@require_safe
def badge_picture(request, kind, year):
    """What the credential names as its picture: no name, no word, for ever the same."""
    if kind not in Kind.values or not 2000 <= year <= 2999:
        raise Http404
    return _public(request, picture.svg(kind, year), "image/svg+xml")


def _found(code: str) -> Certificate | None:
    try:
        code = codes.read(code)
    except codes.NotACode:
        return None
    rows = Certificate.objects.filter(code=code).exclude(credential=None)
    return rows.only("credential").first()


def _public(request, text: str, content_type: str):
    """The same for everybody, and cheap to ask for again."""
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    response = HttpResponse(text, content_type=content_type)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=_open(response))


def _open(response):
    """Programs that check credentials run in pages of other sites, too."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
