"""Who else has the register open: said, never in the way."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses import clock
from lms import company
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_each_is_told_of_the_others_while_their_pages_ask(at):
    now = at("2026-10-12T09:05+05:00")
    gulnora, farrukh = make_user(first_name="Gulnora"), make_user(first_name="Farrukh")

    first = company.join(1, gulnora)
    second = company.join(1, farrukh)
    elsewhere = company.join(2, farrukh)
    with clock.stopped_at(now + timedelta(seconds=60)):
        company.join(1, farrukh)
    with clock.stopped_at(now + timedelta(seconds=80)):
        later = company.join(1, gulnora)
    with clock.stopped_at(now + timedelta(seconds=200)):
        alone = company.join(1, gulnora)

    assert (first, second, elsewhere) == ([], ["Gulnora"], [])
    assert (later, alone) == (["Farrukh"], [])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Gulnora"], "Gulnora has this register open, too."),
        (["Ali", "Zarina"], "Ali, Zarina have this register open, too."),
    ],
)
def test_it_is_one_sentence(names, words):
    assert company.in_words(names) == words


def test_the_page_says_so_at_once_and_the_open_page_can_ask(client, cast):
    page = reverse("lms:register", args=[cast.session.pk])
    others = reverse("lms:register_others", args=[cast.session.pk])
    client.force_login(cast.coordinator)
    client.get(page)

    client.force_login(cast.trainer)
    html = client.get(page).content.decode()
    client.force_login(cast.coordinator)
    words = client.get(others).content.decode()
    client.force_login(cast.other_trainer)
    refused = client.get(others).status_code

    assert f"{cast.coordinator} has this register open, too." in html
    assert words == f"{cast.trainer} has this register open, too."
    assert refused == 404
