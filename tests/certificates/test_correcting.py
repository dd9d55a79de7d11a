"""A name on a certificate changes by an approved request and in no other way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certificates.actions import ending
from certificates.corrections import NoCorrection, to_issue_anew
from certificates.models import Certificate
from lms.actions.corrections import ask_correction, refuse_correction
from lms.actions.people import change_person
from lms.models import CorrectionRequest

from .builders import correct_name
from .held import make_holders

pytestmark = pytest.mark.django_db

NEW = "Раҳимзода Зебунисо"


@pytest.fixture(scope="module")
def cast_once(once):
    return make_holders()


def replace(cast):
    return ending.replace(cast.certificate, by=cast.coordinator, reason="Married")


def test_changing_the_profile_alone_changes_no_certificate(cast):
    """CE-19, CE-03"""
    before = dict(cast.certificate.content)
    change_person(cast.person, by=cast.administrator, legal_name=NEW)

    with pytest.raises(NoCorrection, match="nobody has approved"):
        replace(cast)

    row = Certificate.objects.get(pk=cast.certificate.pk)
    assert (row.status, row.content) == ("valid", before)


def test_a_request_that_waits_or_was_refused_is_not_enough(cast):
    """CE-19"""
    asked = ask_correction(cast.person, field="legal_name", new=NEW, by=None)
    with pytest.raises(NoCorrection):
        replace(cast)
    refuse_correction(asked, by=cast.coordinator, note="Show a paper")

    with pytest.raises(NoCorrection):
        replace(cast)


def test_a_request_older_than_the_certificate_is_not_enough(cast):
    """CE-19"""
    asked = correct_name(cast.person, NEW, by=cast.coordinator)
    CorrectionRequest.objects.filter(pk=asked.pk).update(
        decided_at=cast.certificate.issued_at - timedelta(seconds=1)
    )

    with pytest.raises(NoCorrection):
        replace(cast)


def test_one_name_approved_lets_no_other_name_through(cast):
    """CE-19"""
    correct_name(cast.person, NEW, by=cast.coordinator)
    change_person(cast.person, by=cast.administrator, legal_name="Чужой Человек")

    with pytest.raises(NoCorrection, match="Чужой Человек"):
        replace(cast)


def test_an_approved_request_gives_a_new_paper_that_names_it(cast):
    """CE-18, CE-19"""
    asked = correct_name(cast.person, NEW, by=cast.coordinator)

    new, again = replace(cast), replace(cast)

    old = Certificate.objects.get(pk=cast.certificate.pk)
    assert again == new
    assert (new.content["holder"], new.correction) == (NEW, asked)
    assert (new.awarded_on, old.status) == (old.awarded_on, "superseded")
    assert {new.code, new.number}.isdisjoint({old.code, old.number})
    with pytest.raises(NoCorrection):
        ending.replace(new, by=cast.coordinator, reason="Again")


def test_the_step_says_who_asked_and_who_approved(client, cast):
    """CE-19"""
    client.force_login(cast.coordinator)
    url = reverse("certificates_list:replace", args=[cast.certificate.pk])
    without = client.get(url).content.decode()
    own = reverse("certificates_list:inspect", args=[cast.certificate.pk])
    offered = [url in client.get(own).content.decode()]
    correct_name(cast.person, NEW, by=cast.coordinator)
    offered.append(url in client.get(own).content.decode())

    html = client.get(url).content.decode()
    client.post(url, {"reason": "Married"})
    page = client.get(
        reverse("certificates_list:inspect", args=[Certificate.objects.latest("pk").pk])
    ).content.decode()

    assert offered == [False, True]
    assert "nobody has approved" in without
    assert NEW in html
    assert str(cast.coordinator) in html
    assert "Follows the request" in page


def test_approving_offers_the_certificates_and_issues_none_by_itself(client, cast):
    """CE-19"""
    asked = ask_correction(cast.person, field="legal_name", new=NEW, by=None)
    client.force_login(cast.coordinator)

    answered = client.post(
        reverse("lms_corrections:answer", args=[asked.pk]), {"decision": "approve"}
    )
    count = Certificate.objects.count()
    listed = client.get(answered["Location"]).content.decode()
    done = client.post(answered["Location"], {"chosen": [cast.certificate.pk]})

    url = reverse("certificates_list:corrected", args=[asked.pk])
    assert (answered["Location"], count) == (url, 2)
    assert cast.certificate.number in listed
    assert done.status_code == 302
    assert Certificate.objects.valid().get(person=cast.person).content["holder"] == NEW
    assert to_issue_anew(asked, cast.coordinator) == []


def test_a_list_of_somebody_elses_person_does_not_exist(client, cast):
    """PR-11, CE-33"""
    asked = correct_name(cast.person, NEW, by=cast.coordinator)
    url = reverse("certificates_list:corrected", args=[asked.pk])
    client.force_login(cast.other_coordinator)
    stranger = client.get(url, follow=True).status_code
    client.force_login(cast.coordinator)

    client.post(url, {"chosen": [cast.other_certificate.pk, "x", "9" * 30]})

    assert stranger == 404
    assert Certificate.objects.count() == 2


def test_staff_ask_for_somebody_without_an_account(client, cast):
    client.force_login(cast.coordinator)
    url = reverse("certificates_list:ask_name", args=[cast.certificate.pk])

    client.post(url, {"field": "legal_name", "new": NEW, "reason": "Passport seen"})

    asked = CorrectionRequest.objects.get()
    assert (asked.person, asked.new, asked.state) == (cast.person, NEW, "open")
    assert ModelLogEntry.objects.filter(action="lms.ask_correction").exists()
