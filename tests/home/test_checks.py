"""A wrong setting is named with a hint."""

import pytest
from django.core.checks import run_checks

# Some of Django's own checks ask the database what it can do.
pytestmark = pytest.mark.django_db


def ids(**kwargs):
    return [m.id for m in run_checks(**kwargs) if m.id.startswith("home.")]


def test_a_good_setting_is_passed_over(settings):
    settings.USTOD_STAFF_MFA = True

    assert ids(include_deployment_checks=True) == []


@pytest.mark.parametrize("value", ["maybe", None, 1])
def test_a_second_step_is_wanted_or_not(settings, value):
    settings.USTOD_STAFF_MFA = value

    assert ids() == ["home.E001"]


def test_a_missing_door_is_noticed(settings):
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "StaffDoor" not in m]

    assert ids() == ["home.E002"]


def test_a_server_that_asks_no_second_step_is_warned(settings):
    settings.USTOD_STAFF_MFA = False

    assert ids(include_deployment_checks=True) == ["home.W001"]


def test_a_server_whose_texts_reach_nobody_is_warned(settings):
    settings.USTOD_STAFF_MFA, settings.USTOD_SMS_STAND_IN = True, "/var/texts"

    assert ids(include_deployment_checks=True) == ["home.W002"]
    assert ids() == []
