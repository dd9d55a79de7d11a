"""The register's page: one form, one tap each, nothing lost."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse

from courses import clock
from lms.actions import attendance as actions
from lms.models import Enrolment, Mark, MarkEvent, Session
from tests.lms.this_morning import make_this_morning

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene_once(once, at_once):
    at_once("2026-10-12T09:05+05:00")
    return make_this_morning()


@pytest.fixture
def scene(scene_once, db):
    return deepcopy(scene_once)


def sheet(client, url):
    """What a browser would send back from the page as it is shown."""
    html = client.get(url).content.decode()
    hidden = re.findall(r'type="hidden" name="(seen-\d+)" value="([^"]*)"', html)
    remarks = re.findall(r'name="(remark-\d+)" id="[^"]*" value="([^"]*)"', html)
    ticked = re.findall(r'name="(mark-\d+)" value="([^"]*)"[^>]* checked', html)
    return dict(hidden) | dict(remarks) | dict(ticked)


def codes(session):
    marks = session.marks.order_by("enrolment_id")
    return list(marks.values_list("status__code", flat=True))


@pytest.mark.parametrize(
    "who", ["participant", "marker", "observer", "other_trainer", "stranger"]
)
def test_there_is_no_register_for_whoever_does_not_teach_here(client, scene, who):
    client.force_login(getattr(scene, who))
    data = {f"seen-{scene.enrolment.pk}": "0 ", f"mark-{scene.enrolment.pk}": "present"}

    answers = [
        client.get(scene.url),
        client.post(scene.url, data | {"then": "rest sign"}),
        client.post(reverse("lms:register_reopen", args=[scene.session.pk]), data),
    ]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert not Mark.objects.exists()


def test_marks_of_somebody_signed_out_wait_until_they_have_signed_in(client, scene):
    client.force_login(scene.trainer)
    data = sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "late"}
    client.logout()

    answer = client.post(scene.url, data)
    client.force_login(scene.trainer)
    page = client.get(scene.url)

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={scene.url}")
    assert not Mark.objects.exists()
    assert "filled in again" in page.content.decode()
    [entry] = page.context["form"].unsaved
    assert (entry.line.pk, entry.code) == (scene.enrolment.pk, "late")
    client.post(scene.url, sheet(client, scene.url))
    assert codes(scene.session) == ["late"]
    assert client.get(scene.url).context["form"].unsaved == []


def test_nobody_signed_out_stores_much(client, scene):
    answer = client.post(scene.url, {"seen-1": "0 " + "x" * 100_001})

    assert answer.status_code == 302
    assert "kept_register" not in client.session


@pytest.mark.parametrize("who", ["trainer", "coordinator", "administrator"])
@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_staff_see_everybody_with_four_marks_at_hand(client, scene, who, language):
    client.force_login(getattr(scene, who))

    html = client.get(f"/{language}{scene.url[3:]}").content.decode()

    name = scene.second.person.legal_name
    assert name in html
    assert len(re.findall(rf'name="mark-{scene.second.pk}"', html)) == 6
    zone = {"en": "Dushanbe time", "ru": "время: Душанбе", "tg": "вақти Душанбе"}
    assert zone[language] in html


def test_taps_and_remarks_are_saved(client, scene):
    client.force_login(scene.trainer)
    one, two = scene.enrolment.pk, scene.second.pk

    client.post(
        scene.url,
        sheet(client, scene.url)
        | {f"mark-{one}": "late", f"remark-{one}": "bus", f"mark-{two}": "left_early"},
    )

    assert codes(scene.session) == ["late", "left_early"]
    assert Mark.objects.get(enrolment=one).remark == "bus"
    assert Session.objects.get(pk=scene.session.pk).status == "held"
    html = client.get(scene.url).content.decode()
    assert "bus" in html
    assert "2 marks" in html


def test_one_press_marks_the_rest_present_and_signs_off(client, scene):
    client.force_login(scene.trainer)
    data = sheet(client, scene.url) | {f"mark-{scene.second.pk}": "absent"}

    answer = client.post(scene.url, data | {"then": "rest sign"}, follow=True)

    assert codes(scene.session) == ["present", "absent"]
    assert answer.redirect_chain == [(scene.url, 302)]
    assert "Signed off by" in answer.content.decode()
    assert "<fieldset" not in answer.content.decode()


def test_the_rest_is_present_and_the_register_stays_open(client, scene):
    client.force_login(scene.trainer)

    client.post(scene.url, sheet(client, scene.url) | {"then": "rest"})

    assert codes(scene.session) == ["present", "present"]
    assert Session.objects.get(pk=scene.session.pk).register == "open"


def test_who_did_not_check_in_is_marked_absent_by_one_press(client, scene):
    client.force_login(scene.trainer)
    actions.save_register(
        scene.session, rows=[actions.Row(scene.second.pk, "late")], by=scene.trainer
    )

    assert "Mark the rest absent" in client.get(scene.url).content.decode()
    client.post(scene.url, sheet(client, scene.url) | {"then": "absent"})

    assert sorted(codes(scene.session)) == ["absent", "late"]
    assert Session.objects.get(pk=scene.session.pk).register == "open"
    assert "Mark the rest" not in client.get(scene.url).content.decode()


def test_signing_off_with_a_gap_saves_and_names_who_is_missing(client, scene):
    """ATT-06"""
    client.force_login(scene.trainer)
    data = sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "present"}

    answer = client.post(scene.url, data | {"then": "sign"})

    assert [line.pk for line in answer.context["gaps"]] == [scene.second.pk]
    assert f'href="#p{scene.second.pk}"' in answer.content.decode()
    assert codes(scene.session) == ["present"]
    assert Session.objects.get(pk=scene.session.pk).register == "open"


def test_a_form_sent_twice_writes_once(client, scene):
    """ATT-03"""
    client.force_login(scene.trainer)
    data = sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "present"}

    for _ in range(2):
        client.post(scene.url, data)

    assert MarkEvent.objects.count() == 1


def test_lines_nobody_touched_overwrite_nothing(client, scene):
    """ATT-04"""
    client.force_login(scene.trainer)
    data = sheet(client, scene.url)
    actions.mark(
        scene.session,
        enrolment=scene.enrolment,
        status_code="excused",
        by=scene.coordinator,
    )

    client.post(scene.url, data | {"then": "rest"})

    assert codes(scene.session) == ["excused", "present"]


@pytest.mark.parametrize("then", ["", "rest sign"])
def test_what_a_colleague_marked_meanwhile_is_shown_and_asked(client, scene, then):
    """ATT-04"""
    client.force_login(scene.trainer)
    one, two = scene.enrolment.pk, scene.second.pk
    data = sheet(client, scene.url) | {f"mark-{one}": "absent", f"mark-{two}": "late"}
    actions.mark(
        scene.session,
        enrolment=scene.enrolment,
        status_code="present",
        by=scene.coordinator,
    )

    asked = client.post(scene.url, data | {"then": then})
    again = client.post(scene.url, {f"seen-{one}": "1 present", "asked": one})
    html = asked.content.decode()
    chosen = client.post(
        scene.url,
        {f"seen-{one}": "1 present", "asked": one, f"mark-{one}": "absent"},
    )

    assert "marked at 09:05: <strong>Present</strong>" in html
    assert "You chose: <strong>Absent</strong>" in html
    assert [entry.line.pk for entry in again.context["asked"]] == [one]
    assert chosen.status_code == 302
    assert codes(scene.session) == ["absent", "late"]
    assert Session.objects.get(pk=scene.session.pk).register == "open"


def test_marks_sent_to_a_register_signed_meanwhile_are_shown_again(client, scene):
    """ATT-49"""
    client.force_login(scene.trainer)
    data = sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "absent"}
    actions.mark_the_rest_present(scene.session, by=scene.coordinator)
    actions.sign_off_register(scene.session, by=scene.coordinator)

    answer = client.post(scene.url, data)

    html = answer.content.decode()
    assert "closed before your marks were saved" in html
    assert f"{scene.enrolment.person.legal_name}: Absent" in html
    assert codes(scene.session) == ["present", "present"]


def test_a_signed_register_is_reopened_by_a_coordinator_with_a_reason(client, scene):
    """ATT-49"""
    actions.mark_the_rest_present(scene.session, by=scene.trainer)
    actions.sign_off_register(scene.session, by=scene.trainer)
    url = reverse("lms:register_reopen", args=[scene.session.pk])
    client.force_login(scene.trainer)
    by_trainer = client.post(url, {"reason": "mistake"})
    offered = client.get(scene.url).context["reopening"]

    client.force_login(scene.coordinator)
    without = client.post(url, {"reason": "  "})
    register = Session.objects.get(pk=scene.session.pk).register
    client.post(url, {"reason": "two lines were mixed up"})

    assert (by_trainer.status_code, offered) == (404, None)
    assert "reason" in without.context["reopening"].errors
    assert register == "signed"
    assert Session.objects.get(pk=scene.session.pk).register == "open"


def test_reopening_is_a_post(client, scene):
    client.force_login(scene.coordinator)

    answer = client.get(reverse("lms:register_reopen", args=[scene.session.pk]))

    assert answer.status_code == 405


def test_withdrawn_participants_stand_grey_with_the_date(client, scene):
    """ATT-14"""
    client.force_login(scene.trainer)
    Enrolment.objects.filter(pk=scene.second.pk).update(
        status="withdrawn", active_to="2026-10-11T18:00+05:00"
    )

    html = client.get(scene.url).content.decode()

    assert "Withdrawn on 11 October 2026" in html
    assert f"mark-{scene.second.pk}" not in html
    answer = client.post(scene.url, sheet(client, scene.url) | {"then": "rest sign"})
    assert answer.status_code == 302
    assert codes(scene.session) == ["present"]


@pytest.mark.parametrize(
    "data",
    [
        {"seen-x": "0 ", "mark-x": "present"},
        {"seen-1": "nonsense"},
        {"seen-99999999999999999999": "0 ", "mark-99999999999999999999": "present"},
        {"seen-987654321": "0 ", "mark-987654321": "present"},
        {"then": "everything", "asked": "-1"},
        {"asked": "²"},
    ],
)
def test_what_no_page_sends_changes_nothing(client, scene, data):
    client.force_login(scene.trainer)

    answer = client.post(scene.url, data)

    assert answer.status_code in (200, 302)
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mark": "asleep"}, "There is no status"),
        ({"mark": "late", "remark": "x" * 201}, "at most 200 characters"),
        ({"mark": "late", "minutes": "999"}, "Nothing has been saved yet"),
    ],
)
def test_a_wrong_line_is_refused_and_everything_typed_is_kept(
    client, scene, change, said
):
    client.force_login(scene.trainer)
    one, two = scene.enrolment.pk, scene.second.pk
    wrong = {f"{name}-{one}": value for name, value in change.items()}

    answer = client.post(
        scene.url, sheet(client, scene.url) | wrong | {f"mark-{two}": "absent"}
    )

    html = answer.content.decode()
    assert said in html
    assert "data-is-unsaved" in html
    assert html.count("notice is-decide") == 1
    kept = {entry.line.pk: entry.code for entry in answer.context["form"].entries}
    assert kept == {one: change["mark"], two: "absent"}
    assert not Mark.objects.exists()


def test_before_its_day_a_register_is_kept_but_not_signed(client, scene, at):
    at("2026-10-11T12:00+05:00")
    Enrolment.objects.update(active_from=clock.now() - timedelta(days=9))
    client.force_login(scene.trainer)

    page = client.get(scene.url).content.decode()
    data = sheet(client, scene.url) | {f"mark-{scene.enrolment.pk}": "excused"}
    client.post(scene.url, data | {"then": "rest sign"})

    assert "still to come" in page
    assert Session.objects.get(pk=scene.session.pk).status == "planned"


def test_an_empty_cohort_says_what_to_do(client, scene):
    client.force_login(scene.trainer)
    Enrolment.objects.filter(cohort=scene.cohort).delete()

    assert "Nobody is in this cohort yet" in client.get(scene.url).content.decode()


def test_a_number_that_is_nobodys_is_passed_over(client, scene):
    client.force_login(scene.trainer)

    response = client.post(scene.url, {"asked": ["9" * 5000, "²", "-1"]})

    assert response.status_code == 302
