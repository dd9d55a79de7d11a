"""Signatures and logos kept privately under the hash of their bytes, for good.

A certificate names a kept copy: a picture replaced in the library later changes
nothing that was issued (CE-31).
"""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from PIL import Image as Picture

# Wide enough for 45 mm at 400 dots an inch.
LARGEST = (720, 720)


def keep(image) -> str:
    """Copy a picture of the library; returns its name in the private storage."""
    with image.open_file() as file, Picture.open(file) as picture:
        picture.thumbnail(LARGEST)
        data = BytesIO()
        picture.convert("RGBA").save(data, format="PNG")
    content = data.getvalue()
    name = f"certificates/images/{hashlib.sha256(content).hexdigest()}.png"
    storage = storages["private"]
    if not storage.exists(name):
        storage.save(name, ContentFile(content))
    return name
