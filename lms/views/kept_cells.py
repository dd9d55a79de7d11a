"""What was typed into a grid after the sign-in ran out, kept until it is renewed.

The session of somebody signed out is carried over by signing in.
"""

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _

# A page of ours; nobody signed out may store more.
AT_MOST = 100_000


def keep(request, name: str, is_cell: Callable[[str], object]) -> None:
    """Put the cells of this page aside, under a name that each kind of grid has."""
    cells = {key: text for key, text in request.POST.items() if is_cell(key)}
    size = sum(len(key) + len(text) for key, text in cells.items())
    if cells and size <= AT_MOST:
        request.session[name] = {"path": request.path, "cells": cells}


def take(request, name: str) -> dict[str, str]:
    """What was kept for this page, once; the person is told."""
    kept = request.session.get(name)
    if not kept or kept["path"] != request.path:
        return {}
    request.session.pop(name)
    messages.warning(
        request, _("You had been signed out. What you typed is here again: save it.")
    )
    return kept["cells"]
