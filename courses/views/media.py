"""The door of pictures: an address is looked up, never turned into a path."""

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from courses import content_version, doors, ranges

YEAR = 31_536_000
HOUR = 3600
PLAYED = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg"}


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """An original or a rendition, to those who may; to all others it does not exist."""
    image = _image_at(path)
    if image is None:
        raise Http404
    is_open = _is_open(image)
    if not is_open and not doors.may_fetch(request, image):
        raise Http404
    if not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path))
    response["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if is_open else f"private, max-age={HOUR}"
    )
    return response


def _image_at(path: str):
    Image = get_image_model()
    Rendition = Image.get_rendition_model()
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition.image if rendition else Image.objects.filter(file=path).first()


def _is_open(image) -> bool:
    """Only a yes is remembered: a new use of a picture is indexed a little later."""
    name = f"courses:open-picture:{content_version.current()}:{image.pk}"
    if cache.get(name):
        return True
    is_open = doors.is_open_to_all(image)
    if is_open:
        cache.set(name, True)
    return is_open


def serve_document(document, request: HttpRequest) -> HttpResponse | None:
    """Wagtail's `before_serve_document`: what one may not fetch does not exist.

    Players ask for parts of a film and are answered here; the rest is Wagtail's.
    """
    is_open = doors.is_open_to_all(document)
    if not is_open and not doors.may_fetch(request, document):
        raise Http404
    kind = PLAYED.get(document.file_extension.lower())
    part = kind and ranges.part_of(request, document.file, content_type=kind)
    if not part:
        return None
    part["Cache-Control"] = f"private, max-age={HOUR}"
    part["Content-Security-Policy"] = "default-src 'none'"
    return part
