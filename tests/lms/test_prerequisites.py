"""What must come before a course is asked at every way into its cohorts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from courses import clock
from lms.actions.admission import approve, request_place, why_not_admitted
from lms.actions.codes import enter_by_code
from lms.actions.enrolment import PrerequisiteMissing, enrol, join, withdraw
from lms.actions.moving import move
from lms.actions.places import CohortClosed
from lms.actions.roster import apply, plan
from lms.actions.waiting_list import accept_offer
from lms.models import Enrolment, Waiver
from lms.prerequisites import needs_of
from lms.roster.listing import read_roster
from lms.ways_in import ways_in
from tests.cast import make_cast
from tests.factories import (
    make_cohort,
    make_course,
    make_edition,
    make_enrolment,
    make_invitation,
    make_locale,
    make_member,
    make_nomination,
    make_nominee,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def before():
    """The course that must come first."""
    return make_course(title="Foundations")


def asking(before, kind="completed", edition=None, **fields):
    """A cohort that starts in a month and asks for this course before."""
    edition = edition or make_edition()
    edition.prerequisites = [{"course": str(before.translation_key), "kind": kind}]
    edition.save(update_fields=["prerequisites"])
    today = clock.now().date()
    days = {
        "starts_on": today + timedelta(days=30),
        "ends_on": today + timedelta(days=35),
    }
    defaults = {"status": "planned", "admission": "open"} | days
    return make_cohort(edition, **defaults | fields)


def complete(person, before):
    """The person has completed the course in some cohort of it."""
    return make_enrolment(
        person,
        make_cohort(make_edition(before)),
        status="completed",
        completed_at=clock.now(),
        completed_on=clock.now().date(),
    )


def test_nobody_joins_without_what_must_come_before(before):
    """CO-11: the way of an open cohort."""
    person, cohort = make_member(), asking(before)
    make_enrolment(person, make_cohort(make_edition(before)))

    with pytest.raises(CohortClosed, match="“Foundations” has to be completed first"):
        join(person.user, cohort=cohort)
    assert not cohort.enrolments.exists()

    complete(person, before)
    assert join(person.user, cohort=cohort).status == "active"


def test_nobody_asks_for_a_place_without_it(before):
    """CO-11: the way of a request."""
    person, cohort = make_member(), asking(before, admission="request")

    with pytest.raises(CohortClosed, match="Foundations"):
        request_place(person.user, cohort=cohort)

    complete(person, before)
    assert request_place(person.user, cohort=cohort).status == "requested"


def test_an_invitation_does_not_stand_for_it(before):
    """CO-11: the way of a code; the code is not used up."""
    person, cohort = make_member(), asking(before, admission="invitation")
    code = make_invitation(cohort).code

    with pytest.raises(CohortClosed, match="Foundations"):
        enter_by_code(person.user, code=code)

    complete(person, before)
    assert enter_by_code(person.user, code=code).status == "active"


def test_a_nomination_does_not_stand_for_it(before):
    """CO-11: by the organisation's code, and by one's own name in its list."""
    cohort = asking(before, admission="nomination")
    nomination = make_nomination(cohort)
    person, named = make_member(), make_member()
    make_nominee(nomination, email=named.email)

    with pytest.raises(CohortClosed, match="Foundations"):
        enter_by_code(person.user, code=nomination.code)
    with pytest.raises(CohortClosed, match="Foundations"):
        join(named.user, cohort=cohort)

    complete(named, before)
    assert join(named.user, cohort=cohort).status == "active"


def test_an_offered_seat_is_not_taken_without_it_and_stays_offered(before):
    """CO-11: somebody may have lost it while they waited."""
    person, cohort = make_member(), asking(before)
    until = clock.now() + timedelta(days=1)
    place = make_enrolment(person, cohort, status="offered", offered_until=until)

    with pytest.raises(CohortClosed, match="Foundations"):
        accept_offer(place, by=person.user)
    place.refresh_from_db()
    assert place.status == "offered"

    complete(person, before)
    assert accept_offer(place, by=person.user).status == "active"


def test_staff_enrol_without_it_for_a_reason_that_is_kept(before):
    """CO-11, CO-12: refused beside the reason, then logged with it and who gave it."""
    person, cohort, by = make_person(), asking(before), make_user()

    with pytest.raises(PrerequisiteMissing) as refused:
        enrol(person, cohort=cohort, by=by, reason=" ")
    assert refused.value.field == "reason"
    assert not cohort.enrolments.exists()

    place = enrol(person, cohort=cohort, by=by, reason="Taught it herself.")

    waiver = Waiver.objects.get(enrolment=place)
    assert (waiver.by, waiver.reason) == (by, "Taught it herself.")
    assert waiver.requirement == f"before:{before.translation_key}"
    entry = ModelLogEntry.objects.get(action="lms.waive")
    assert (entry.user, entry.data["reason"]) == (by, "Taught it herself.")
    assert why_not_admitted(person, cohort) == ""


def test_a_reason_is_not_kept_where_nothing_is_missing(before):
    person, cohort = make_person(), asking(before)
    complete(person, before)

    enrol(person, cohort=cohort, by=make_user(), reason="No need.")

    assert not Waiver.objects.exists()


def test_who_was_let_in_all_the_same_takes_the_seat_later(before):
    """CO-11: approved with a reason, they waited; nobody asks them again."""
    person, by = make_member(), make_user()
    cohort = asking(before, admission="request", capacity=1)
    seated = make_enrolment(cohort=cohort)
    place = make_enrolment(person, cohort, status="requested")

    with pytest.raises(PrerequisiteMissing):
        approve(place, by=by)
    assert approve(place, by=by, reason="Years of practice.").status == "waitlisted"
    withdraw(seated, by=by, reason="Ill.")
    place.refresh_from_db()

    assert accept_offer(place, by=person.user).status == "active"


def test_a_waiver_goes_along_to_another_cohort(before):
    """CO-11, EN-14"""
    by, cohort = make_user(), asking(before)
    place = enrol(make_person(), cohort=cohort, by=by, reason="Knows it.")

    moved = move(place, to=asking(before, edition=cohort.edition), by=by, reason="Far.")

    assert moved.waivers.get().reason == "Knows it."


def test_done_in_one_language_counts_and_is_named_in_the_readers(before):
    """CO-06: the course is one, whatever its pages are called."""
    twin = before.copy_for_translation(make_locale("ru"), copy_parents=True)
    twin.title, twin.live = "Основы", True
    twin.save()
    person, cohort = make_member(), asking(before)

    with translation.override("ru"):
        assert "Основы" in why_not_admitted(person, cohort)
    complete(person, twin)
    assert why_not_admitted(person, cohort) == ""


def test_why_not_leads_to_the_course_and_is_safe_to_print(before):
    before.title = "<b>Law & order</b>"
    before.save()

    why_not = why_not_admitted(make_member(), asking(before))

    assert "&lt;b&gt;Law &amp; order" in why_not
    assert f'<a href="{before.url}">' in why_not


ROWS = "Full name;E-mail\nAliev Ali;{email}\nNew Person;new@example.org\n"


def roster(email):
    return read_roster(ROWS.format(email=email).encode())


def test_a_list_leaves_out_who_lacks_it_unless_the_importer_says_why(before):
    """CO-11: line by line; what is known of the others is not held up."""
    ready = make_person(legal_name="Aliev Ali")
    complete(ready, before)
    cohort, by = asking(before), make_user()
    dry_run = plan(roster(ready.email), cohort=cohort)

    assert [line.outcome for line in dry_run.lines] == ["known", "unprepared"]
    assert "Foundations" in dry_run.lines[1].lacks[0]
    assert len(apply(dry_run, by=by).enrolled) == 1
    applied = apply(plan(roster(ready.email), cohort=cohort), by=by, reason="All vets.")

    assert [place.person.email for place in applied.enrolled] == ["new@example.org"]
    assert Waiver.objects.get().reason == "All vets."


def test_needs_cost_the_same_for_any_number(before, django_assert_num_queries):
    """Three people and three cohorts are asked about in as many queries as one."""
    other = make_course()
    cohorts = [asking(before), asking(other, "certificate"), asking(before)]
    people = [make_person().pk for _ in range(3)]
    needs_of(people, cohorts)

    with django_assert_num_queries(3):
        needs_of(people[:1], cohorts[:2])
    with django_assert_num_queries(3):
        needs_of(people, cohorts)


def test_a_cohort_that_asks_for_nothing_costs_nothing(django_assert_num_queries):
    cohort, person = make_cohort(), make_person()
    needs_of([person.pk], [cohort])

    with django_assert_num_queries(0):
        needs_of([person.pk], [cohort])


def test_the_course_says_before_the_click_what_is_needed(client, before):
    """CO-11: no button that would only refuse; the link leads to what is missing."""
    course = make_course(title="Advanced")
    cohort = asking(before, edition=make_edition(course))
    person = make_member()
    client.force_login(person.user)
    button = reverse("lms:join", args=[cohort.code])

    page = client.get(course.url).content.decode()
    assert "“Foundations” completed" in page
    assert f'<a href="{before.url}">About this course</a>' in page
    assert button not in page
    refused = client.post(button, follow=True).content.decode()
    assert f'has to be completed first. <a href="{before.url}">' in refused

    complete(person, before)
    page = client.get(course.url).content.decode()
    assert "You have it." in page
    assert button in page


def test_the_page_of_a_code_and_of_an_offer_say_it_too(client, before):
    person, cohort = make_member(), asking(before, admission="invitation")
    until = clock.now() + timedelta(days=1)
    place = make_enrolment(person, cohort, status="offered", offered_until=until)
    client.force_login(person.user)
    claim = reverse("lms:claim") + f"?code={make_invitation(cohort).code}"

    for address in (claim, reverse("lms:place", args=[place.pk])):
        assert "“Foundations” completed" in client.get(address).content.decode()


def test_ways_in_cost_the_same_for_one_cohort_and_three(
    before, django_assert_num_queries
):
    edition, person = make_edition(), make_member()
    asking(before, edition=edition)
    ways_in(person.user, edition.course_key)

    with django_assert_num_queries(5):
        ways_in(person.user, edition.course_key)
    for _ in range(2):
        asking(before, edition=edition)
    with django_assert_num_queries(5):
        ways = ways_in(person.user, edition.course_key)
    assert [way.is_barred for way in ways] == [True] * 3


def test_answering_many_lets_in_who_is_ready_and_asks_why_for_the_others(
    client, before
):
    """CO-11: who lacks it stays chosen, with the question beside the reason."""
    cast, cohort = make_cast(), asking(before, admission="request")
    ready, other = (make_enrolment(cohort=cohort, status="requested") for _ in range(2))
    complete(ready.person, before)
    client.force_login(cast.administrator)
    url = reverse("lms_cohorts:admission", args=[cohort.pk])
    data = {"places": [ready.pk, other.pk], "answer": "approve", "reason": ""}

    page = client.post(url, data).content.decode()

    assert f"Write why {other.person} comes in all the same." in page
    assert f'value="{other.pk}" checked' in page
    client.post(url, data | {"places": [other.pk], "reason": "Teaches it."})
    assert set(cohort.enrolments.values_list("status", flat=True)) == {"active"}
    assert other.waivers.get().reason == "Teaches it."


def enrol_form(cohort, person, **fields):
    empty = dict.fromkeys(
        ("find", "legal_name", "phone", "sex", "audience", "position", "region"), ""
    )
    return empty | {"cohort": cohort.pk, "email": person.email} | fields


def test_the_form_keeps_what_was_typed_beside_the_missing_reason(client, before):
    """CO-11: a trainer enrols nobody; a coordinator says why."""
    cast = make_cast()
    edition = cast.cohort.edition
    edition.prerequisites = [
        {"course": str(before.translation_key), "kind": "completed"}
    ]
    edition.save()
    person = make_person(email="typed@example.org")
    data = enrol_form(cast.cohort, person)
    add = reverse("lms_enrolments:add")
    client.force_login(cast.trainer)
    client.post(add, data | {"reason": "Because."})
    assert not Enrolment.objects.filter(person=person).exists()

    client.force_login(cast.coordinator)
    page = client.post(add, data).content.decode()
    assert "Write why" in page
    assert "typed@example.org" in page
    assert not Enrolment.objects.filter(person=person).exists()
    client.post(add, data | {"reason": "Taught it."})

    assert Enrolment.objects.get(person=person).waivers.get().reason == "Taught it."
