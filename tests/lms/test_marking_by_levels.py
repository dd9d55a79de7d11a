"""An open answer with criteria is marked by their levels, which add up."""

from decimal import Decimal

import pytest
from django.urls import reverse

from lms.actions import marking
from lms.models import ResponseScore
from tests.courses.kinds.authored import part_id

from .marked import address, make_marked_cast, one_more
from .sitting import criterion, make_open_question

pytestmark = pytest.mark.django_db

MEANS, DUTY = part_id("The means"), part_id("The duty")


@pytest.fixture(scope="module")
def cast_once(once):
    means = criterion("The means", ("0", "names none"), ("40", "names them"))
    duty = criterion("The duty", ("10", "names <some>"), ("60", "names all"))
    return make_marked_cast(make_open_question(means, duty))


def mark(cast, levels, **how):
    given = marking.Given(levels=levels)
    return marking.mark(cast.answers[0], given=given, by=cast.marker, read=0, **how)


def post(client, cast, place=1, **levels):
    fields = {f"level-{name}": value for name, value in levels.items()}
    return client.post(address(cast, place), fields | {"read": "0", "comment": "Yes."})


def test_each_level_is_a_radio_button_with_its_points(client, cast):
    client.force_login(cast.marker)
    client.post(address(cast, name="claim_answer"))

    text = client.get(address(cast)).content.decode()

    assert "names them (points: 0.4)" in text
    assert "names &lt;some&gt; (points: 0.1)" in text
    assert text.count('type="radio"') == 4
    assert 'name="score"' not in text


def test_the_levels_chosen_add_up_and_are_kept(client, cast):
    client.force_login(cast.marker)

    post(client, cast, **{MEANS: "1", DUTY: "0"})

    score = ResponseScore.objects.get()
    assert score.score == Decimal("0.5")
    assert score.levels == {MEANS: 1, DUTY: 0}


@pytest.mark.parametrize(
    "levels", [{}, {MEANS: "1"}, {MEANS: "1", DUTY: "2"}, {MEANS: "1", DUTY: "x"}]
)
def test_a_criterion_without_a_level_is_named_and_nothing_is_lost(client, cast, levels):
    client.force_login(cast.marker)

    answer = post(client, cast, **levels)

    form = answer.context["form"]
    assert form.errors
    assert all(name.startswith("level-") for name in form.errors)
    assert "Yes." in answer.content.decode()
    assert not ResponseScore.objects.exists()


@pytest.mark.parametrize("levels", [{}, {MEANS: 1}, {MEANS: 1, DUTY: 9}])
def test_the_verb_refuses_them_as_well(cast, levels):
    with pytest.raises(marking.LevelMissing):
        mark(cast, levels)


def test_points_cannot_be_slipped_in_beside_the_levels(client, cast):
    client.force_login(cast.marker)
    fields = {f"level-{MEANS}": "0", f"level-{DUTY}": "0", "read": "0", "score": "1"}

    client.post(address(cast), fields)

    assert ResponseScore.objects.get().score == Decimal("0.1")


def test_the_same_levels_sent_twice_are_one_mark(cast):
    """QZ-34"""
    first = mark(cast, {MEANS: 1, DUTY: 1})

    assert mark(cast, {MEANS: 1, DUTY: 1}) == first
    assert ResponseScore.objects.count() == 1


def test_criteria_changed_meanwhile_change_no_answer_handed_in(client, cast):
    """QZ-06"""
    frozen = cast.answers[0].version
    make_open_question(criterion("Other", ("100", "else")))
    client.force_login(cast.marker)

    post(client, cast, **{MEANS: "1", DUTY: "1"})

    assert ResponseScore.objects.get().score == 1
    assert set(frozen.key["criteria"]) == {MEANS, DUTY}


def test_the_participant_reads_which_levels_were_reached(client, cast):
    mark(cast, {MEANS: 1, DUTY: 1})
    client.force_login(cast.participant)

    page = client.get(reverse("lms:result", args=[cast.attempt.pk]))

    [item] = page.context["items"]
    assert [
        [level.is_reached for level in one.levels] for one in item.asked.criteria
    ] == [[False, True], [False, True]]
    assert page.content.decode().count("is-reached") == 2


def test_until_the_right_answers_are_released_no_criterion_is_shown(client, cast):
    """QZ-08"""
    mark(cast, {MEANS: 0, DUTY: 0})
    client.force_login(cast.participant)

    text = client.get(reverse("lms:result", args=[cast.attempt.pk])).content.decode()

    assert "names none" not in text
    assert "The means" not in text


def test_a_mark_to_change_is_shown_with_its_levels(client, cast):
    one_more(cast)
    mark(cast, {MEANS: 1, DUTY: 0})
    client.force_login(cast.marker)
    client.post(address(cast, name="claim_answer"))

    form = client.get(address(cast)).context["form"]

    assert (form[f"level-{MEANS}"].value(), form[f"level-{DUTY}"].value()) == (1, 0)
