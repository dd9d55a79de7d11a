"""Nothing serious for axe-core where questions come in and go out of the bank."""

import pytest
from django.urls import reverse

from courses.actions.importing import keep_questions
from courses.models import QuestionUpload
from home.models import User
from tests.factories import make_locale

from .axe import axe
from .visiting import DESK, PHONE

TEXT = b"::so:: It is so. {T}\n\nA refused one {=a"


def looked_at() -> QuestionUpload:
    by = User.objects.get(username="administrator")
    return keep_questions(TEXT, name="a.gift", locale=make_locale(), by=by)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["import", "check", "export"])
def test_axe_finds_nothing_serious(visit, name, size):
    """What Wagtail puts around our pages is Wagtail's."""
    rows = [looked_at().pk] if name == "check" else []
    address = reverse(f"courses_exchange:{name}", args=rows)

    page = visit("administrator", on=size).open(address)

    assert axe(page, within=".training") == []
