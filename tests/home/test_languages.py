"""The switcher keeps the page, on pages of the tree and on any other."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_course, make_home, make_index

pytestmark = pytest.mark.django_db


def switcher(client, address) -> dict[str, str]:
    """{language: address} of the switcher on the page at this address."""
    page = client.get(address).content.decode()
    links = page[page.index('class="langs"') :]
    found = re.findall(r'<a href="([^"]+)" lang="(\w\w)"', links)
    return {code: url for url, code in found}


def test_a_page_of_the_tree_leads_to_its_translations(client):
    english = make_course(slug="first-contact")
    russian = make_course(
        "ru", slug="pervy-kontakt", translation_key=english.translation_key
    )
    make_home("tg")

    assert switcher(client, english.url) == {
        "en": "/en/courses/first-contact/",
        "ru": "/ru/courses/pervy-kontakt/",
        "tg": "/tg/",
    }
    assert switcher(client, russian.url)["en"] == english.url


def test_search_engines_are_told_of_real_translations_only(client):
    english = make_course(slug="first-contact")
    make_course("ru", translation_key=english.translation_key, slug="pervy-kontakt")
    make_home("tg")

    page = client.get(english.url).content.decode()

    assert (
        '<link rel="alternate" hreflang="ru" '
        'href="http://testserver/ru/courses/pervy-kontakt/">'
    ) in page
    assert 'rel="alternate" hreflang="tg"' not in page


@pytest.mark.parametrize("name", ["certificates:verify", "account_login"])
def test_any_other_page_leads_to_itself_with_its_question(client, name):
    make_index()
    with override("en"):
        address = reverse(name) + "?code=ABC"

    links = switcher(client, address)

    assert links == {code: f"/{code}{address[3:]}" for code in ("en", "ru", "tg")}


def test_an_address_without_a_language_offers_no_other(client, django_user_model):
    make_home()
    user = django_user_model.objects.create_user("staff", is_staff=True)
    client.force_login(user)

    assert 'class="langs"' not in client.get("/style/").content.decode()
