"""The switcher keeps the page, on pages of the tree and on any other."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from certificates.forms.holder import ShareForm
from certificates.forms.runs import QueryForm
from certificates.paper.layout import AREAS
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


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_no_two_days_of_the_week_are_shortened_alike(language):
    week = [date(2026, 1, number) for number in range(5, 12)]

    with override(language):
        assert len({date_format(day, "D") for day in week}) == 7


def test_one_english_word_for_two_things_is_two_words_in_russian():
    with override("ru"):
        words = {
            "the end of a period": str(QueryForm().fields["ended_to"].label),
            "a link": str(ShareForm().fields["days"].label),
            "the middle of a page": str(AREAS["middle"]),
        }

    assert words == {
        "the end of a period": "по",
        "a link": "Открыта",
        "the middle of a page": "Середина",
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Выберите вариант из списка. Варианта x в нём нет."),
        ("tg", "Аз рӯйхат интихоб кунед. x дар рӯйхат нест."),
    ],
)
def test_a_form_speaks_in_the_words_of_the_site_and_not_in_those_of_django(
    language, text
):
    with override(language):
        assert QueryForm({"course": "x"}).errors["course"] == [text]
