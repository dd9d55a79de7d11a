"""Checking a PDF or a badge: it is read where it arrives and kept nowhere."""

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certificates.checking import answer_json
from certificates.checking.file_answer import without_file
from certificates.checking.file_check import LARGEST, check_file
from certificates.checking.file_words import FileVerdict
from certificates.issuer_day import day_of
from certificates.paper import wording

from .verify_pages import may_try, page, slowed, told, wants_json

# What a form adds to the file that it sends.
AROUND = 16 * 1024


class InMemory(MemoryFileUploadHandler):
    """Keeps no upload on a disk, not even while it is read."""

    def handle_raw_input(
        self, input_data, META, content_length, boundary, encoding=None
    ):
        self.activated = content_length <= LARGEST + AROUND


@csrf_exempt  # Posting changes nothing here, and a stranger has no cookie of ours.
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request):
    """The answer to one file, which is refused unread when it is too large."""
    if request.method != "POST":
        return told(request, redirect("certificates:verify"))
    if _length(request) > LARGEST + AROUND:
        return _answer(request, without_file(FileVerdict.TOO_LARGE), status=413)
    request.upload_handlers = [InMemory(request)]
    if not may_try(request):
        return slowed(request, {"is_file": True})
    file = request.FILES.get("file")
    if file is None or not file.size:
        return _answer(request, without_file(FileVerdict.EMPTY))
    if file.size > LARGEST:
        return _answer(request, without_file(FileVerdict.TOO_LARGE), status=413)
    return _answer(request, check_file(file.read()))


def _length(request) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _answer(request, answer, status: int = 200):
    if wants_json(request):
        return told(request, JsonResponse(answer_json.of_file(answer), status=status))
    at = answer.sealed_at
    context = {
        "file_answer": answer,
        "is_file": True,
        "sealed_on": wording.day(day_of(at), get_language()) if at else "",
    }
    return page(request, context, status=status)
