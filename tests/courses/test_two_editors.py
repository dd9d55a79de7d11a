"""CO-17: two editors on one lesson; the one who saves second is warned.

Wagtail does it, in two ways. Before a save by button its script asks the server how
things stand (the ping) and holds the save behind a dialog once somebody else saved.
That is JavaScript: here stand what the ping answers, and that the editor carries the
dialog and the binding. A save by itself (autosave) is refused by the server. Nothing of
ours may switch either off.
"""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from tests.factories import make_lesson, make_user

pytestmark = pytest.mark.django_db


class Editor:
    """Somebody with the lesson open in a browser of their own."""

    def __init__(self, lesson, name):
        user = make_user(first_name=name, is_superuser=True, is_staff=True)
        self.client = Client()
        self.client.force_login(user)
        self.url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
        answer = self.client.get(self.url)
        self.page = answer.content.decode()
        self.sessions = answer.context["editing_sessions"]
        self.form = querydict_from_html(self.page, form_id="page-edit-form").dict()

    def ping(self):
        """What Wagtail's script asks every few seconds and before a save."""
        sent = {
            "revision_id": self.sessions.revision_id,
            "revision_created_at": self.sessions.revision_created_at,
        }
        return self.client.post(self.sessions.ping_url, sent).json()

    def save(self, title, **headers):
        blocks = streamfield([])
        data = nested_form_data(
            {"objectives": blocks, "body": blocks, "facilitator_notes": blocks}
        )
        return self.client.post(
            self.url, self.form | data | {"title": title}, headers=headers
        )


@pytest.fixture
def editors():
    """Two who opened the same version of one lesson."""
    lesson = make_lesson()
    lesson.save_revision().publish()
    return lesson, Editor(lesson, "Zarina"), Editor(lesson, "Farhod")


def test_the_second_editor_is_told_who_saved_before_saving(editors):
    """CO-17"""
    _lesson, first, second = editors
    assert [one["revision_id"] for one in second.ping()["other_sessions"]] == [None]

    assert first.save("First").status_code == 302
    answer = second.ping()

    (other,) = answer["other_sessions"]
    assert (other["user"], bool(other["revision_id"])) == ("Zarina", True)
    assert "Zarina saved a new version" in answer["html"]
    assert "Proceeding will overwrite the changes made by Zarina." in answer["html"]


def test_the_editor_holds_a_save_behind_a_dialog(editors):
    """CO-17: the parts that Wagtail's script binds to are on our lesson's page."""
    _lesson, _first, second = editors

    assert 'id="w-save-confirmation-dialog"' in second.page
    assert 'data-controller="w-swap w-action w-session"' in second.page
    assert second.sessions.ping_url in second.page


def test_a_save_by_itself_over_a_newer_version_is_refused(editors):
    """CO-17: by the server, so that nothing is overwritten while somebody types."""
    lesson, first, second = editors
    first.save("First")

    refused = second.save("Second", accept="application/json")

    assert refused.status_code == 400
    assert refused.json()["error_code"] == "invalid_revision"
    lesson.refresh_from_db()
    assert lesson.get_latest_revision_as_object().title == "First"


def test_who_opens_the_lesson_after_the_save_is_not_warned(editors):
    """CO-17: the newest version is the one they have before them."""
    lesson, first, _second = editors
    first.save("First")

    others = Editor(lesson, "Anora").ping()["other_sessions"]

    assert [one["revision_id"] for one in others] == [None, None]
