"""Who has results is closed or forgotten, never deleted."""

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from home.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client, cast):
    client.force_login(cast.administrator)
    return cast


def test_neither_a_person_nor_an_account_with_results_is_deleted(cast):
    """PR-05: the database refuses it, whoever asks."""
    for row in (cast.person, cast.participant):
        with pytest.raises(ProtectedError):
            row.delete()


def test_the_admin_says_why_an_account_with_results_stays(client, cast):
    """PR-05"""
    user = cast.participant
    address = reverse("wagtailusers_users:delete", args=[user.pk])

    page = client.post(address, follow=True).content.decode()

    assert "cannot be deleted" in page
    assert User.objects.filter(pk=user.pk).exists()


def test_many_accounts_at_once_are_refused_likewise(client, cast):
    """PR-05"""
    address = (
        reverse("wagtail_bulk_action", args=["home", "user", "delete"])
        + f"?id={cast.participant.pk}"
    )

    page = client.post(address, follow=True).content.decode()

    assert "cannot be deleted" in page
    assert User.objects.filter(pk=cast.participant.pk).exists()


def test_an_account_without_records_is_deleted(client, cast):
    user = make_user()

    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))

    assert not User.objects.filter(pk=user.pk).exists()
