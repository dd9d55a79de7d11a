"""Piles by person: numbers in place of names, unless the quiz shows names."""

import pytest

from .marked import address, make_marked_cast, mark, one_more, pile, post
from .sitting import make_open_question

pytestmark = pytest.mark.django_db


def make(**rules):
    cast = make_marked_cast(make_open_question(), make_open_question(), **rules)
    one_more(cast)
    return cast


def titles(client, cast):
    return [one.title for one in client.get(f"{pile(cast)}?by=person").context["piles"]]


def test_a_person_is_a_number_that_stays_whoever_comes_later(client):
    cast = make()
    client.force_login(cast.marker)
    before = titles(client, cast)

    one_more(cast)

    assert before == ["Participant 1", "Participant 2"]
    assert titles(client, cast) == [*before, "Participant 3"]
    text = client.get(f"{address(cast)}?by=person").content.decode()
    assert "Participant 1" in text
    assert cast.person.legal_name not in text


def test_the_number_follows_who_began_first_not_the_alphabet(client):
    cast = make()
    cast.person.legal_name = "Ященко"
    cast.person.save()
    client.force_login(cast.marker)

    assert titles(client, cast)[0] == "Participant 1"
    assert address(cast) in client.get(f"{pile(cast)}?by=person").content.decode()


def test_saving_leads_to_the_next_answer_of_the_same_person(client):
    cast = make()
    client.force_login(cast.marker)

    saved = client.post(
        f"{address(cast)}?by=person", {"score": "1", "comment": "", "read": "0"}
    )

    assert saved.url == f"{address(cast, 2)}?by=person"


def test_names_stand_only_where_the_quiz_says_so(client):
    cast = make(is_marked_by_name=True)
    client.force_login(cast.marker)

    assert titles(client, cast)[0] == cast.person.legal_name
    assert cast.person.legal_name in client.get(pile(cast)).content.decode()


def test_an_attempt_begun_without_names_stays_without(client):
    cast = make()
    cast.quiz.is_marked_by_name = True
    cast.quiz.save()
    client.force_login(cast.marker)

    assert titles(client, cast)[0] == "Participant 1"


def test_how_many_are_marked_is_said(client):
    cast = make()
    mark(cast)
    client.force_login(cast.marker)

    assert "1 of 2 marked" in client.get(pile(cast)).content.decode()
    assert "1 of 2 marked" in client.get(address(cast)).content.decode()


def test_from_an_answer_one_comes_to_its_neighbours(client):
    cast = make()
    first, second = cast.answers[0], cast.answers[2]
    assert first.question_key == second.question_key
    client.force_login(cast.marker)

    text = client.get(address(cast, 1)).content.decode()
    back = client.get(address(cast, 3)).content.decode()

    assert f'rel="next" href="{address(cast, 3)}"' in text
    assert f'rel="prev" href="{address(cast, 1)}"' in back


def test_an_enormous_comment_is_refused_at_its_field_and_stays(client):
    cast = make()
    client.force_login(cast.marker)

    answer = post(client, cast, comment="x" * 2001)

    assert answer.context["form"].errors.keys() == {"comment"}
    assert "x" * 2001 in answer.content.decode()
