"""Several markers at the same answers in the same instant."""

import pytest

from lms.actions import claims, marking
from lms.models import MarkingClaim, Response
from tests.racing import at_once

from .marked import colleague, make_marked_cast, mark, one_more, scores
from .sitting import make_open_question

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_markers_who_ask_at_once_get_an_answer_each_and_one_mark_counts():
    """QZ-32"""
    cast = make_marked_cast(make_open_question())
    one_more(cast)
    markers = [cast.marker, cast.trainer, colleague(cast)]

    taken = at_once(
        *(
            lambda by=by: claims.claim_next(Response.objects.by_hand(), by=by)
            for by in markers
        )
    )
    marked = at_once(
        *(
            lambda by=by, score=score: mark(cast, by=by, score=score)
            for by, score in zip(markers, ("0", "0.5", "1"), strict=True)
        )
    )

    assert sum(isinstance(one, MarkingClaim) for one in taken) == 2
    assert taken.count(None) == 1
    assert sum(isinstance(one, marking.MarkedMeanwhile) for one in marked) == 2
    assert len(scores()) == 1
