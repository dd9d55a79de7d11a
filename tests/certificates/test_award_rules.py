"""Rules of certificates: written, refused, said in plain words."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates.actions.awards import CourseHasRule, RestsOnItself, save_rule
from certificates.due.rule_words import sentences
from certificates.models import AwardRule
from tests.factories import make_course, make_user

from .awards import make_rule

pytestmark = pytest.mark.django_db


def key_of(course) -> str:
    return str(course.translation_key)


def test_without_a_row_completion_is_issued_by_the_coordinator():
    key = make_course().translation_key

    assert {
        kind: (rule.is_on, rule.decided_by)
        for kind in ("completion", "attendance", "distinction", "trainer")
        for rule in [AwardRule.objects.for_course(key, kind)]
    } == {
        "completion": (True, "coordinator"),
        "attendance": (False, "coordinator"),
        "distinction": (False, "coordinator"),
        "trainer": (False, "coordinator"),
    }
    assert list(AwardRule.objects.kinds_of(key)) == ["completion"]


def test_the_kinds_of_a_course_are_those_its_rules_switch_on():
    key = make_course().translation_key
    make_rule("trainer")
    make_rule("attendance")
    make_rule("attendance", key, is_on=False)
    make_rule("distinction", make_course().translation_key)

    assert list(AwardRule.objects.kinds_of(key)) == ["completion", "trainer"]


def test_a_course_has_one_rule_of_a_kind_and_so_have_all_courses():
    key = make_course().translation_key
    make_rule("completion")
    make_rule("completion", key)
    make_rule("trainer", key)

    for again in (None, key):
        with pytest.raises(CourseHasRule):
            make_rule("completion", again)


def test_saving_the_same_again_logs_nothing():
    member = make_user()
    rule = make_rule("completion", members=[member])

    same = {"valid_months": None, "members": [member]}
    save_rule(rule, by=None, **same)
    save_rule(rule, by=None, **same | {"valid_months": 24})

    entries = ModelLogEntry.objects.filter(action="certificates.save_rule")
    assert entries.count() == 2


def test_nothing_rests_on_itself_over_however_many_courses():
    one, two, three = (make_course() for _number in range(3))
    make_rule("completion", two.translation_key, after=[key_of(one)])
    make_rule("completion", three.translation_key, after=[key_of(two)])

    for after in (one, three):
        with pytest.raises(RestsOnItself):
            make_rule("completion", one.translation_key, after=[key_of(after)])
    with pytest.raises(RestsOnItself):
        make_rule("completion", None, after=[key_of(one)])


def test_a_rule_is_said_in_sentences():
    base = make_course(title="Foundations")
    rule = make_rule(
        "distinction",
        make_course().translation_key,
        least_score=85,
        after=[key_of(base)],
        decided_by="committee",
        approvals=2,
        valid_months=24,
        renewal="old_end",
        opens_months=3,
    )

    assert sentences(rule, {key_of(base): "Foundations"}) == [
        "For who completed the course.",
        "Their results in the required quizzes must be 85% or more.",
        "They must hold valid certificates of: Foundations.",
        "The coordinator proposes a list; 2 members of the committee must agree before "
        "it is issued.",
        "It is valid for 24 months.",
        "It may be renewed from 3 months before its last day.",
        "The new one counts from the end of the old one.",
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "completion", "is_on": False}, ["This course does not give it."]),
        (
            {"kind": "attendance", "decided_by": "automatic", "least_attendance": 80},
            [
                "For who attended at least 80% of the sessions, completed or not, once "
                "all sessions are over.",
                "It is issued automatically as soon as all this is so.",
                "It is valid for as long as its template says.",
            ],
        ),
        (
            {"kind": "trainer", "valid_months": 1, "renewal": "new_day"},
            [
                "For the trainers of a cohort once it is over; it says the hours of "
                "the sessions that were held.",
                "The coordinator of the cohort issues it from a list.",
                "It is valid for 1 month.",
                "It may be renewed from 3 months before its last day.",
                "The new one counts from its own day.",
            ],
        ),
    ],
)
def test_every_kind_has_its_own_sentences(fields, said):
    assert sentences(AwardRule(**{"is_on": True} | fields), {}) == said


def answers(**changed):
    return {
        "course_key": "",
        "kind": "distinction",
        "is_on": "on",
        "least_score": "90",
        "least_attendance": "70",
        "decided_by": "committee",
        "approvals": "2",
        "renewal": "none",
        "opens_months": "3",
    } | changed


def test_an_administrator_writes_a_rule_and_reads_what_it_does(cast, client):
    client.force_login(cast.administrator)
    course = make_course(title="Path")
    before = make_course()
    data = answers(
        course_key=key_of(course),
        after=[key_of(before)],
        members=[cast.coordinator.pk],
    )

    page = client.post(reverse("certificate_rules:add"), data, follow=True)

    rule = AwardRule.objects.get()
    assert (rule.course_key, rule.least_score, rule.least_attendance, rule.after) == (
        course.translation_key,
        90,
        None,
        [key_of(before)],
    )
    assert list(rule.members.all()) == [cast.coordinator]
    read = reverse("certificate_rules:inspect", args=[rule.pk])
    assert page.redirect_chain == [(read, 302)]
    assert "must be 90% or more" in page.content.decode()
    assert client.get(reverse("certificate_rules:index")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"least_score": ""}, "least_score"),
        ({"least_score": "101"}, "least_score"),
        ({"kind": "attendance", "least_attendance": ""}, "least_attendance"),
        ({"approvals": "0"}, "approvals"),
        ({"valid_months": "-3"}, "valid_months"),
        ({"kind": "medal"}, "kind"),
        ({"course_key": "x"}, "course_key"),
        ({"after": ["x"]}, "after"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(wrong, field, cast, client):
    client.force_login(cast.administrator)

    page = client.post(reverse("certificate_rules:add"), answers(**wrong))

    assert list(page.context["form"].errors) == [field]
    assert not AwardRule.objects.exists()


def test_a_second_rule_of_the_course_is_refused_beside_the_course(cast, client):
    make_rule("distinction")
    client.force_login(cast.administrator)

    page = client.post(reverse("certificate_rules:add"), answers())

    assert page.context["form"].errors == {
        "course_key": ["This course has a rule of this kind."]
    }
