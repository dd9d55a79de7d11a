"""Sealed papers, and the keys they are checked against."""

import json
from datetime import datetime
from types import SimpleNamespace

from certificates.paper.finishing import CREDENTIAL, Enclosed
from certificates.paper.rendering import render
from certificates.seal import keys, sealing
from courses import clock

from .papers import make_content

BADGE = {"type": ["VerifiableCredential"], "name": "Раҳимова Зебунисо"}


def key_of(key: keys.SealKey, compromised_at: datetime | None = None):
    """What a row of SigningKey says of it."""
    return SimpleNamespace(
        public=key.public,
        is_development=key.is_development,
        compromised_at=compromised_at,
    )


def make_sealed(language: str = "en", **fields) -> bytes:
    """A paper with a badge in it, sealed with the key of the settings."""
    content = make_content(**fields)
    badge = Enclosed(
        CREDENTIAL, json.dumps(BADGE).encode(), "Open Badge", at=clock.now()
    )
    place = sealing.place(content["number"])
    return sealing.seal(render(content, language, enclosed=[badge], place=place))
