"""Signatures and logos kept privately under the hash of their bytes, for good.

A certificate names a kept copy: a picture replaced in the library later changes
nothing that was issued (CE-31).
"""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from certificates.design import pictures


def keep(image) -> str:
    """Copy a picture of the library; returns its name in the private storage.

    Raises UnfitPicture.
    """
    with image.open_file() as file:
        return keep_clean(pictures.clean(file.read(pictures.MOST_BYTES + 1)))


def keep_clean(content: bytes) -> str:
    """Keep what `pictures.clean` gave; the same bytes have one name and one file."""
    name = name_of(content)
    storage = storages["private"]
    if not storage.exists(name):
        storage.save(name, ContentFile(content))
    return name


def name_of(content: bytes) -> str:
    """Under which these bytes are kept, or would be."""
    return f"certificates/images/{pictures.named(content)}.png"


def kept(name: str) -> bytes:
    """The bytes of a kept copy. Raises OSError where it is gone."""
    with storages["private"].open(name) as file:
        return file.read()
