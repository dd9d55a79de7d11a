"""PR-11: every door to certificates, the person who must not get in first."""

import hashlib
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.actions.issuing import issue
from certificates.earned import links
from certificates.models import Certificate, CertificateTemplate, IssueRun
from lms import scoping
from lms.models import Enrolment
from lms.panels import waiting
from tests.cast import make_cast
from tests.factories import make_participant

from .awards import hold, make_kind, make_trainer
from .builders import make_completed, make_signatory

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    "participant",
    "other_participant",
    "stranger",
    "trainer",
    "marker",
    "observer",
    "other_trainer",
    "other_coordinator",
]
STEPS = ["revoke", "replace"]


@pytest.fixture(scope="module")
def cast_once(once) -> SimpleNamespace:
    """Everybody, and a certificate in each of the two cohorts."""
    cast = make_cast()
    for prefix in ("", "other_"):
        enrolment = getattr(cast, f"{prefix}enrolment")
        done = make_completed(make_participant(), enrolment.cohort)
        Enrolment.objects.filter(pk=enrolment.pk).update(
            status="completed",
            completed_at=done.completed_at,
            completed_on=done.completed_on,
        )
        setattr(cast, f"{prefix}ready", done)
        setattr(cast, f"{prefix}certificate", issue(enrolment, by=cast.administrator))
    return cast


def page(cast, prefix=""):
    cohort = getattr(cast, f"{prefix}cohort")
    return reverse("certificates:issue_cohort", args=[cohort.pk])


def file(certificate):
    return reverse("certificates:download", args=[certificate.code])


@pytest.mark.parametrize("who", FORBIDDEN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_issues_in_this_cohort(client, cast, who, method):
    """PR-11"""
    client.force_login(getattr(cast, who))

    response = getattr(client, method)(page(cast), {"enrolment": cast.ready.pk})

    assert response.status_code == 404
    assert Certificate.objects.count() == 2


def test_a_place_of_another_cohort_is_not_issued_through_mine(client, cast):
    """PR-11, CE-33"""
    client.force_login(cast.coordinator)

    client.post(page(cast), {"enrolment": [cast.other_ready.pk, "x", "9" * 30]})

    assert not Certificate.objects.filter(enrolment=cast.other_ready).exists()


def test_a_coordinator_issues_to_everybody_ticked_and_is_told_what_came_of_it(
    client, cast, django_capture_on_commit_callbacks
):
    """CE-25"""
    odd = make_completed(make_participant(legal_name="Kim 김"), cast.cohort)
    client.force_login(cast.coordinator)
    listed = client.get(page(cast)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page(cast), {"enrolment": [cast.ready.pk, odd.pk]})

    run = IssueRun.objects.get()
    html = client.get(response["Location"]).content.decode()
    assert f'value="{cast.ready.pk}" checked' in listed
    assert response["Location"] == reverse("certificates:run", args=[run.pk])
    assert "1 certificate is issued" in html
    assert "HANGUL SYLLABLE GIM" in html
    assert Certificate.objects.get(enrolment=cast.ready).number in html


def test_posting_nobody_says_so(client, cast):
    client.force_login(cast.coordinator)

    html = client.post(page(cast)).content.decode()

    assert "Nobody was ticked, so nothing was issued." in html


def test_a_kind_the_course_gives_no_more_has_its_list_and_a_made_up_one_none(
    client, cast
):
    client.force_login(cast.coordinator)

    found = {
        kind: client.get(f"{page(cast)}?kind={kind}").status_code
        for kind in ("distinction", "medal")
    }

    assert found == {"distinction": 200, "medal": 404}


def test_trainers_ticked_get_theirs_and_whoever_is_refused_is_named(client, cast):
    make_kind("trainer")
    hold(cast.cohort)
    cast.cohort.sessions.exclude(status="held").update(status="cancelled")
    client.force_login(cast.coordinator)
    url = f"{page(cast)}?kind=trainer"

    accounts = [make_trainer(cast.cohort).pk, cast.coordinator.pk]
    type(cast.coordinator).objects.filter(pk=cast.coordinator.pk).update(
        first_name="Zarina"
    )
    told = client.post(url, {"enrolment": accounts}, follow=True)
    again = client.post(url, follow=True)

    assert told.redirect_chain == [(url, 302)]
    assert [str(message) for message in told.context["messages"]] == [
        "Zarina: This account is no trainer of the cohort.",
        "1 certificate is issued",
    ]
    assert [str(message) for message in again.context["messages"]] == [
        "Nobody was ticked, so nothing was issued."
    ]


@pytest.mark.parametrize(
    "who", [*FORBIDDEN[1:3], "observer", "other_trainer", "other_coordinator"]
)
def test_a_file_of_somebody_else_does_not_exist(client, cast, who):
    """PR-11"""
    client.force_login(getattr(cast, who))

    assert client.get(file(cast.certificate)).status_code == 404


def test_who_is_signed_out_is_asked_to_sign_in(client, cast):
    for address in (file(cast.certificate), page(cast), "/en/my/certificates/"):
        response = client.get(address)
        assert (response.status_code, "login" in response["Location"]) == (302, True)


@pytest.mark.parametrize(
    "who", ["participant", "trainer", "coordinator", "administrator"]
)
def test_the_holder_and_staff_get_the_very_file_every_time(client, cast, who):
    """CE-02, CE-35"""
    client.force_login(getattr(cast, who))

    first = client.get(file(cast.certificate))
    bodies = [first.getvalue(), client.get(file(cast.certificate)).getvalue()]

    assert bodies[0] == bodies[1]
    assert hashlib.sha256(bodies[0]).hexdigest() == cast.certificate.sha256
    assert first["Content-Type"] == "application/pdf"
    assert (
        f'filename="certificate-{cast.certificate.number}.pdf"'
        in first["Content-Disposition"]
    )


def test_a_holder_sees_only_their_own(client, cast):
    """PR-11"""
    client.force_login(cast.participant)

    html = client.get(reverse("certificates:mine")).content.decode()

    assert cast.certificate.number in html
    assert cast.other_certificate.number not in html


def test_a_participant_without_one_is_told_what_to_expect(client, cast):
    client.force_login(cast.stranger)

    assert b"No certificate yet" in client.get("/en/my/certificates/").content


def test_my_courses_leads_to_the_certificate(client, cast):
    client.force_login(cast.participant)

    html = client.get("/en/my/").content.decode()
    assert f'href="{file(cast.certificate)}"' in html
    assert f'href="{reverse("certificates:mine")}"' in html


def test_a_statement_is_called_by_its_name_beside_the_course(cast):
    Certificate.objects.filter(pk=cast.certificate.pk).update(kind="attendance")

    found = links([cast.enrolment])

    assert [link.title for link in found[cast.enrolment.pk]] == ["Attendance statement"]


def test_the_scope_of_certificates_is_their_cohort(cast):
    """PR-11"""
    rows = Certificate.objects.all()

    assert list(scoping.scope(rows, cast.coordinator)) == [cast.certificate]
    assert list(scoping.scope(rows, cast.stranger)) == []
    assert set(scoping.scope(rows, cast.administrator)) == set(rows)


@pytest.mark.parametrize("who", ["trainer", "other_coordinator", "observer"])
def test_the_dashboard_shows_who_is_ready_only_to_who_may_issue(cast, who):
    """PR-11"""
    shown = waiting(getattr(cast, who), cast.cohort)

    assert "certificates" not in [panel.key for panel, _tasks in shown]
    mine = {p.key: t for p, t in waiting(cast.coordinator, cast.cohort)}
    assert [task.count for task in mine["certificates"]] == [1]


# The Wagtail admin.


def admin(door, *args, name="certificates_list"):
    return reverse(f"{name}:{door}", args=args)


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_the_list_and_its_export_hold_my_cohorts_only(client, cast, who):
    """PR-11"""
    client.force_login(getattr(cast, who))

    for query in ("", "?q=UST", "?export=csv", f"?q={cast.other_certificate.code}"):
        response = client.get(admin("index") + query)
        body = (
            b"".join(response.streaming_content)
            if response.streaming
            else response.content
        )
        assert cast.other_certificate.number.encode() not in body
    assert cast.certificate.number in client.get(admin("index")).content.decode()


@pytest.mark.parametrize("who", ["trainer", "coordinator", "observer", "stranger"])
@pytest.mark.parametrize("door", ["inspect", "history", *STEPS, "reinstate"])
def test_a_certificate_of_another_cohort_has_no_door(client, cast, who, door):
    """PR-11"""
    client.force_login(getattr(cast, who))

    response = client.get(admin(door, cast.other_certificate.pk))

    assert response.status_code in (302, 403, 404)
    assert cast.other_certificate.number not in response.content.decode()


@pytest.mark.parametrize("step", STEPS)
def test_a_trainer_sees_but_does_not_end_a_certificate(client, cast, step):
    """PR-11"""
    client.force_login(cast.trainer)

    seen = client.get(admin("inspect", cast.certificate.pk))
    client.post(admin(step, cast.certificate.pk), {"reason": "I want to"})

    assert seen.status_code == 200
    assert admin(step, cast.certificate.pk) not in seen.content.decode()
    cast.certificate.refresh_from_db()
    assert cast.certificate.status == "valid"


def offered(client, row) -> list[bool]:
    """Whether its page, and the list, lead to the step that makes it valid again."""
    pages = [client.get(admin("inspect", row.pk)), client.get(admin("index"))]
    step = admin("reinstate", row.pk)
    return [step in page.content.decode() for page in pages]


def test_a_coordinator_revokes_with_a_reason_and_another_undoes_it(client, cast):
    """CE-20"""
    row = cast.certificate
    client.force_login(cast.coordinator)
    empty = client.post(admin("revoke", row.pk), {"reason": " "})
    answers = {"reason": "Wrong person", "ended_class": "error"}
    client.post(admin("revoke", row.pk), answers)
    own = client.post(admin("reinstate", row.pk), {"reason": "Sorry"})

    row.refresh_from_db()
    assert empty.status_code == own.status_code == 200
    assert (row.status, row.ended_reason) == ("revoked", "Wrong person")
    assert "Wrong person" in client.get(admin("inspect", row.pk)).content.decode()
    assert offered(client, row) == [False, False]
    for door in ("inspect", "reinstate"):
        said = client.get(admin(door, row.pk)).content.decode()
        assert "You revoked it yourself: somebody else" in said

    client.force_login(cast.administrator)
    assert offered(client, row) == [True, True]
    assert "You revoked it" not in client.get(admin("inspect", row.pk)).content.decode()
    client.post(admin("reinstate", row.pk), {"reason": "It was right"})
    row.refresh_from_db()
    assert row.status == "valid"


@pytest.mark.parametrize(
    "who", ["participant", "trainer", "coordinator", "observer", "stranger"]
)
@pytest.mark.parametrize("name", ["certificate_templates", "certificate_signatories"])
def test_what_stands_on_every_certificate_is_the_administrators(
    client, cast, who, name
):
    """PR-11"""
    row = (
        CertificateTemplate.objects.get(kind="completion")
        if name == "certificate_templates"
        else make_signatory()
    )
    client.force_login(getattr(cast, who))

    doors = [admin("index", name=name), admin("add", name=name)]
    doors.append(admin("edit", row.pk, name=name))
    if name == "certificate_templates":
        doors += [
            admin("inspect", row.pk, name=name),
            admin("publish", row.pk, name=name),
            admin("preview", row.pk, "en", name=name),
        ]
    for door in doors:
        assert client.get(door).status_code in (302, 403, 404)


def test_as_many_queries_for_three_certificates_as_for_one(client, cast):
    client.force_login(cast.coordinator)

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(address)
        return len(seen)

    queries(page(cast))
    one = [queries(admin("index")), queries(page(cast))]
    for _person in range(2):
        place = make_completed(make_participant(), cast.cohort)
        issue(place, by=cast.administrator)

    assert [queries(admin("index")), queries(page(cast))] == one
