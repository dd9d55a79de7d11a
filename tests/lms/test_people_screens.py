"""The screens on which people are compared, merged and corrected."""

import pytest
from django.urls import reverse

from lms.actions.corrections import ask_correction
from lms.actions.merging import merge
from lms.models import CorrectionRequest, NotTheSame
from lms.panels import waiting
from tests.factories import make_enrolment, make_participant, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(cast):
    cast.one, cast.two = (
        make_person(legal_name=name, email="") for name in ("Раҳимова Н", "Rahimova N")
    )
    for person in (cast.one, cast.two):
        make_enrolment(person, cast.cohort)
    return cast


def waiting_for(user) -> list[str]:
    return [panel.key for panel, _tasks in waiting(user)]


@pytest.mark.parametrize("who", ["stranger", "participant", "trainer", "observer"])
def test_who_runs_no_cohort_merges_nobody(client, cast, who):
    client.force_login(getattr(cast, who))
    url = reverse("lms_people:merge", args=[cast.one.pk, cast.two.pk])

    assert client.post(url).status_code in (302, 403)
    cast.one.refresh_from_db()
    assert cast.one.merged_into is None


def test_somebody_with_a_place_elsewhere_cannot_be_merged_by_a_coordinator(
    client, cast
):
    make_enrolment(cast.two, cast.other_cohort)
    client.force_login(cast.coordinator)

    url = reverse("lms_people:merge", args=[cast.one.pk, cast.two.pk])

    assert client.get(url, follow=True).status_code == 404


def test_a_pair_is_suggested_compared_decided_and_merged(client, cast):
    """EN-11: the clash is a question, unanswered it stays one."""
    client.force_login(cast.coordinator)
    url = reverse("lms_people:merge", args=[cast.one.pk, cast.two.pk])

    assert url in client.get(reverse("lms_people:duplicates")).content.decode()
    assert (
        client.get(reverse("lms_people:choose_twin", args=[cast.one.pk]))
        .context["found"]
        .get()
    )
    assert "Both are in" in client.get(url).content.decode()
    assert client.post(url).context["form"].errors
    place = cast.one.enrolments.get()
    assert client.post(url, {f"place-{place.pk}": "end"}).status_code == 302
    cast.one.refresh_from_db()
    assert cast.one.merged_into == cast.two


def test_a_merge_is_taken_back_on_its_page(client, cast):
    record = merge(make_person(email=""), into=cast.one, by=None)
    client.force_login(cast.coordinator)
    url = reverse("lms_people:undo_merge", args=[record.pk])

    assert url in client.get(reverse("lms_people:duplicates")).content.decode()
    assert client.get(url).status_code == 200
    client.post(url)

    record.refresh_from_db()
    assert record.undone_by == cast.coordinator


@pytest.mark.parametrize("other", ["", "x", "0", "9" * 40])
def test_nonsense_tells_nobody_apart(client, cast, other):
    client.force_login(cast.coordinator)
    url = reverse("lms_people:duplicates")

    client.post(url, {"one": cast.one.pk, "other": other})
    assert not NotTheSame.objects.exists()
    client.post(url, {"one": cast.one.pk, "other": cast.two.pk})
    assert NotTheSame.objects.count() == 1


def test_a_correction_is_asked_for_on_the_profile_and_taken_back(client, cast):
    client.force_login(cast.participant)
    url = reverse("account_pages:correct", args=["region"])
    profile = reverse("account_pages:profile")

    assert url in client.get(profile).content.decode()
    assert "new" in client.post(url, {"new": "mars"}).context["form"].errors
    assert "new" in client.post(url, {"new": "sughd"}).context["form"].errors
    assert client.post(url, {"new": "gbao"}).url == profile
    assert "Gorno-Badakhshan" in client.get(profile).content.decode()
    client.post(url, {"take_back": ""})
    assert CorrectionRequest.objects.get().state == "taken_back"
    assert client.get(url.replace("region", "email")).status_code == 404


def test_who_is_nobody_yet_is_asked_who_they_are_first(client):
    client.force_login(make_user())

    answer = client.get(reverse("account_pages:correct", args=["sex"]))

    assert answer.url == reverse("account_pages:profile")


def test_a_coordinator_answers_and_an_outsider_does_not(client, cast):
    request = ask_correction(cast.person, field="region", new="gbao", by=None)
    url = reverse("lms_corrections:answer", args=[request.pk])
    for who in ("trainer", "other_coordinator", "observer", "participant"):
        client.force_login(getattr(cast, who))
        answered = client.post(url, {"decision": "approve"})
        assert answered.status_code in (302, 403)
        request.refresh_from_db()
        assert request.state == "open"
    assert "corrections" not in waiting_for(cast.other_coordinator)
    assert "corrections" in waiting_for(cast.coordinator)
    client.force_login(cast.coordinator)

    assert url in client.get(reverse("lms_corrections:index")).content.decode()
    assert client.get(url).status_code == 200
    refused = client.post(url, {"decision": "refuse", "note": ""})
    assert "note" in refused.context["form"].errors
    client.post(url, {"decision": "approve", "note": ""})

    cast.person.refresh_from_db()
    assert cast.person.region == "gbao"


def test_somebody_of_two_cohorts_waits_once_in_each(cast):
    person = make_participant()
    for cohort in (cast.cohort, cast.other_cohort):
        make_enrolment(person, cohort)
    ask_correction(person, field="region", new="gbao", by=None)

    ((_panel, tasks),) = [
        entry for entry in waiting(cast.administrator) if entry[0].key == "corrections"
    ]
    assert [task.count for task in tasks] == [1, 1]
