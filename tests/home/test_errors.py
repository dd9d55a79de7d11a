"""Error pages: in the person's language, with the way on."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from home import errors
from tests.factories import make_home

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("code", ["en", "ru", "tg"])
def test_a_missing_page_is_told_in_the_language_of_its_address(client, code):
    make_home()

    response = client.get(f"/{code}/nowhere/")

    assert response.status_code == 404
    with override(code):
        assert f"<h1>{gettext('There is no page here')}</h1>" in words_of(response)
    assert f'<html lang="{code}"' in words_of(response)
    assert f'href="/{code}/accounts/login/?next=/{code}/nowhere/"' in words_of(response)


def test_a_missing_page_without_a_prefix_is_told_in_the_browsers_language(client):
    make_home()

    response = client.get("/documents/9/x.pdf", headers={"Accept-Language": "tg"})

    assert response.status_code == 404
    assert '<html lang="tg"' in words_of(response)


@pytest.mark.parametrize(
    ("view", "failure", "status"),
    [
        (errors.bad_request, SuspiciousOperation(), 400),
        (errors.forbidden, PermissionDenied(), 403),
        (errors.not_found, Exception(), 404),
    ],
)
def test_an_error_before_the_middleware_has_run_is_told_all_the_same(
    rf, view, failure, status
):
    with override("ru"):
        response = view(rf.get("/tg/x/"), failure)
        assert get_language() == "ru"

    assert response.status_code == status
    assert '<html lang="tg"' in words_of(response)


def test_our_own_failure_asks_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/tg/x/"))

    assert response.status_code == 500
    assert '<html lang="tg"' in words_of(response)


def test_a_form_that_was_open_too_long_is_refused_with_the_way_on():
    make_home()
    client = Client(enforce_csrf_checks=True)
    with override("tg"):
        address = reverse("account_login")

    response = client.post(address, {"login": "x"})

    assert response.status_code == 403
    assert '<html lang="tg"' in words_of(response)
    with override("tg"):
        assert gettext("This page was open for too long") in words_of(response)
