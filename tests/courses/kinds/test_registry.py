"""The kinds as a whole, without a database."""

import pytest
from django.template.loader import get_template

from courses.kinds import every_kind, kind_of
from courses.models import Question


def test_an_author_chooses_among_the_kinds_in_their_order():
    kind = Question._meta.get_field("kind")

    assert [key for key, _label in kind.choices] == [one.key for one in every_kind()]
    assert [one.key for one in every_kind()][:5] == [
        "single",
        "multiple",
        "true_false",
        "numeric",
        "short_answer",
    ]


def test_a_new_kind_is_no_change_of_the_database():
    kind = Question._meta.get_field("kind")

    assert "choices" not in kind.deconstruct()[3]


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.key)
def test_each_kind_has_its_templates_and_its_fields(kind):
    get_template(kind.sheet_template)
    get_template(kind.review_template)

    for name in kind.fields:
        Question._meta.get_field(name)
    assert kind_of(kind.key) is kind
    assert len(kind.key) <= Question._meta.get_field("kind").max_length
