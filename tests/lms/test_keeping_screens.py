"""Administrators say how long data are kept, and read what each night found."""

import pytest
from django.urls import reverse

from lms.actions import retention
from lms.models import RetentionPeriod

pytestmark = pytest.mark.django_db


def answers(**changed):
    return retention.days_of() | changed


@pytest.mark.parametrize("who", ["participant", "trainer", "coordinator", "observer"])
def test_nobody_but_administrators_sees_or_changes_the_times(client, cast, who):
    """PR-11"""
    client.force_login(getattr(cast, who))
    times, rounds = reverse("lms_keeping:times"), reverse("lms_keeping:index")

    found = [client.get(times), client.get(rounds), client.post(times, answers(log=9))]

    assert {answer.status_code for answer in found} <= {302, 403, 404}
    assert not RetentionPeriod.objects.exists()


def test_times_are_changed_and_the_night_reports_what_it_found(client, cast):
    """PR-08"""
    client.force_login(cast.administrator)
    run = retention.keep_house()
    run.counts["devices"] = 7
    run.save()

    client.post(reverse("lms_keeping:times"), answers(devices=45))
    page = client.get(reverse("lms_keeping:index")).content.decode()

    assert list(RetentionPeriod.objects.values_list("rule", "days")) == [
        ("devices", 45)
    ]
    assert "Devices and networks from which attendance was marked: 7" in page


@pytest.mark.parametrize("days", ["-1", "many", "", "99999999", "3"])
def test_nonsense_is_refused_beside_its_field_and_stays_as_typed(client, cast, days):
    """PR-08: closing every account tomorrow is nonsense, too."""
    client.force_login(cast.administrator)

    answer = client.post(reverse("lms_keeping:times"), answers(accounts=days))

    assert list(answer.context["form"].errors) == ["accounts"]
    assert f'value="{days}"' in answer.content.decode() or days == ""
    assert not RetentionPeriod.objects.exists()


@pytest.mark.parametrize("days", [{"accounts": 0}, {"log": -1}, {"nothing": 5}])
def test_the_verb_refuses_nonsense_itself(cast, days):
    """PR-08"""
    with pytest.raises(retention.NonsenseTime):
        retention.keep_for(by=cast.administrator, **days)

    assert not RetentionPeriod.objects.exists()
