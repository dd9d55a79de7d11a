"""Keys that are the same on every installation, so that courses can be compared."""

import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/ustod/sample-programme")


def key(*parts: object) -> uuid.UUID:
    """The key of what stands at this path."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))
