"""Awards that rest on others, and what a revocation asks about them (CE-21)."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from certificates.actions.ending import reinstate, replace, revoke
from certificates.actions.issuing import NotReady, issue
from certificates.actions.rechecks import let_stand
from certificates.due.paths import carried_by, fallen_under
from certificates.models import Certificate
from certificates.panels import to_look_at_again
from lms.models import Cohort
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_participant,
    make_staff,
    make_user,
)

from .awards import make_rule
from .builders import correct_name, make_completed

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    """A course that rests on two others, and somebody who completed all three."""
    person, by = make_participant(legal_name="A"), make_user()
    first, second, last = (
        make_cohort(make_edition(make_course(title=title)))
        for title in ("First", "Second", "Path")
    )
    keys = [str(one.edition.course_key) for one in (first, second)]
    make_rule("completion", last.edition.course_key, after=keys)
    places = [make_completed(person, cohort) for cohort in (first, second, last)]
    return SimpleNamespace(person=person, by=by, places=places, last=places[2])


def issue_path(path):
    return [issue(place, by=path.by) for place in path.places]


def test_it_is_refused_until_every_course_below_has_a_valid_certificate(path):
    issue(path.places[0], by=path.by)

    with pytest.raises(NotReady) as refusal:
        issue(path.last, by=path.by)

    assert str(refusal.value) == "A valid certificate is missing of: Second."


def test_an_expired_or_revoked_certificate_carries_nothing(path):
    first = issue(path.places[0], by=path.by)
    second = issue(path.places[1], by=path.by)
    Certificate.objects.filter(pk=first.pk).update(valid_until=date(2020, 1, 1))
    revoke(second, by=path.by, reason="x")

    with pytest.raises(NotReady) as refusal:
        issue(path.last, by=path.by)

    assert str(refusal.value) == "A valid certificate is missing of: First, Second."


def test_what_it_rests_on_is_kept_at_issue(path):
    first, second, award = issue_path(path)

    assert set(award.rests_on.all()) == {first, second}
    assert list(carried_by(first)) == [award]


def test_revoking_below_lists_the_award_and_takes_nothing_from_it(path):
    """CE-21: a list for a human being, never a revocation of its own."""
    first, second, award = issue_path(path)
    assert to_look_at_again(Cohort.objects.all()) == []

    revoke(first, by=path.by, reason="Cheated")

    award.refresh_from_db()
    assert (award.status, fallen_under(award)) == ("valid", [first])
    (task,) = to_look_at_again(Cohort.objects.all())
    assert task.url == reverse("certificates_list:inspect", args=[award.pk])
    assert fallen_under(second) == []


def test_it_is_off_the_list_once_somebody_says_that_it_stays(path):
    """CE-21"""
    first, second, award = issue_path(path)
    revoke(first, by=path.by, reason="Cheated")

    let_stand(award, by=path.by, reason="The panel looked")
    assert let_stand(award, by=path.by, reason="Again") == []
    assert to_look_at_again(Cohort.objects.all()) == []

    revoke(second, by=path.by, reason="Cheated there, too")
    assert fallen_under(award) == [second]


def test_it_is_off_the_list_once_it_is_revoked_or_what_is_below_valid_again(path):
    """CE-21"""
    first, _second, award = issue_path(path)
    revoke(first, by=path.by, reason="Cheated")
    reinstate(first, by=make_user(), reason="A mistake")
    assert fallen_under(award) == []

    revoke(first, by=path.by, reason="Cheated after all")
    assert fallen_under(award) == [first]
    revoke(award, by=path.by, reason="So this falls, too")
    assert to_look_at_again(Cohort.objects.all()) == []


def test_the_pages_say_what_rests_on_what_before_and_after_revoking(path, cast, client):
    """CE-21: the step that revokes lists them; the award's page asks about it."""
    first, _second, award = issue_path(path)
    client.force_login(cast.administrator)

    def page(name, row):
        url = reverse(f"certificates_list:{name}", args=[row.pk])
        return client.get(url).content.decode()

    assert f">{award.number}</a>" in page("revoke", first)
    assert first.number in page("inspect", award)
    assert "Look at this award again" not in page("inspect", award)
    revoke(first, by=path.by, reason="Cheated")
    assert "Look at this award again" in page("inspect", award)
    client.post(
        reverse("certificates_list:let_stand", args=[award.pk]), {"reason": "Checked"}
    )
    assert "Look at this award again" not in page("inspect", award)


def test_what_is_of_another_cohort_is_named_and_is_no_link(path, cast, client):
    """PR-11: a coordinator of the first course does not open the award's page."""
    first, _second, award = issue_path(path)
    make_staff(first.cohort, "coordinator", user=cast.coordinator)
    client.force_login(cast.coordinator)
    urls = [
        reverse(f"certificates_list:{name}", args=[first.pk])
        for name in ("revoke", "inspect")
    ]

    pages = [client.get(url).content.decode() for url in urls]

    assert [award.number in page for page in pages] == [True, True]
    assert [f"{award.number}</a>" in page for page in pages] == [False, False]


def test_an_award_rests_on_what_took_the_place_of_a_corrected_certificate(path):
    """CE-21: revoking the newer one asks about the award, too."""
    first, _second, award = issue_path(path)
    correct_name(path.person, "A Corrected", by=path.by)
    newer = replace(first, by=path.by, reason="A wrong name")

    revoke(newer, by=path.by, reason="Cheated")

    assert fallen_under(award) == [newer]
