"""The register of personal data knows every table of the project."""

from pathlib import Path

import pytest
from django.db import models

from lms.personal import fields, page, walk
from lms.personal.fields import Kind, Table, held

DOCS = Path(__file__).resolve().parents[2] / "docs" / "privacy.md"
SAID = held(Kind.AUDIT, "")
TO_DO = "say in lms/personal/learning.py what these hold, see lms/personal/fields.py"


def test_every_field_that_may_tell_something_about_a_person_is_described():
    """PR-01: a model whose fields nobody described fails here, whoever made it."""
    assert walk.unclassified() == [], TO_DO


def test_whatever_hangs_on_a_person_says_whose_it_is():
    """PR-01: or else the export would forget it."""
    assert walk.unreachable() == [], TO_DO


def test_the_register_speaks_of_no_field_that_is_gone():
    assert walk.stale() == []


def test_paths_to_people_lead_to_people():
    """PR-01"""
    wrong = []
    for table in fields.about_people():
        model = walk.model_of(table)
        for path in table.paths:
            if model and path != "pk":
                wrong += _does_not_lead(model, path)
    assert wrong == []


def _does_not_lead(model, path):
    start = model._meta.label
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return [] if walk.links_to_people(field) else [f"{start}: {path}"]


@pytest.mark.parametrize(
    ("field", "table", "known"),
    [
        (models.CharField(name="nickname"), None, False),
        (models.CharField(name="nickname"), Table("a.B", plain={"nickname"}), True),
        (models.CharField(name="n"), Table("a.B", fields={"n": SAID}), True),
        (models.CharField(name="title"), Table("a.B", is_content=True), True),
        (models.EmailField(name="email"), Table("a.B", is_content=True), False),
        (models.GenericIPAddressField(name="ip"), Table("a.B", is_content=True), False),
        (models.IntegerField(name="count"), None, True),
    ],
)  # fmt: skip
def test_what_counts_as_described(field, table, known):
    """PR-01: an e-mail or an IP address among content is still asked about."""
    assert walk._is_known(field, table) is known


def test_a_link_to_an_account_is_asked_about_everywhere():
    """PR-01"""
    from lms.models import Waiver  # noqa: PLC0415 - the model is the example

    by = Waiver._meta.get_field("by")

    assert not walk._is_known(by, None)
    assert not walk._is_known(by, Table("a.B", is_content=True))
    assert walk._is_known(by, Table("a.B", deeds={"by"}))
    assert walk._is_known(by, Table("a.B", account="by"))


def test_the_page_of_the_docs_shows_the_register_as_it_is():
    """Write it anew with `manage.py privacy_register`."""
    text = DOCS.read_text()

    assert page.put_into(text) == text


def test_no_password_and_no_key_is_ever_given_out():
    secret = {
        f"{table.label}.{name}"
        for table in fields.tables()
        for name, of in table.fields.items()
        if of.is_secret
    }

    assert {
        "home.User.password",
        "mfa.Authenticator.data",
        "sessions.Session.session_data",
        "wagtailcore.APIToken.key_hash",
    } <= secret
