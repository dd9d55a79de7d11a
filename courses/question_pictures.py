"""The picture of a question, cut to the size that its page shows."""

from wagtail.images import get_image_model

from . import content_version


def picture_of(pk: int | None) -> dict:
    """The address and size of a picture; empty when it is there no more."""
    return content_version.remembered(f"question-picture:{pk}", lambda: _picture(pk))


def _picture(pk: int | None) -> dict:
    image = get_image_model().objects.filter(pk=pk).first()
    if image is None:
        return {}
    rendition = image.get_rendition("max-1000x1000")
    return {"url": rendition.url, "width": rendition.width, "height": rendition.height}
