"""What a step changes in a row, as the log keeps it."""

from django.db.models import Model


def changes(row: Model, fields: dict) -> dict[str, list[str]]:
    """By the name of each field that becomes another: what it said, what it will say.

    For rows that are about nobody: of people only the names of the fields are kept.
    """
    return {
        name: [text(getattr(row, name)), text(new)]
        for name, new in fields.items()
        if getattr(row, name) != new
    }


def text(value) -> str:
    return "" if value is None else str(value)
