"""The reports in the admin: figures for many, names for few."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.models import Enrolment
from lms.reports.dataset import reports
from lms.roles import ADMINISTRATORS, OBSERVERS, TRAINERS, ensure_roles
from tests.factories import (
    make_cohort,
    make_donor,
    make_enrolment,
    make_participant,
    make_person,
    make_staff,
    make_user,
)

pytestmark = pytest.mark.django_db
NOW = "2026-11-23T09:00+05:00"


@pytest.fixture
def url():
    return reverse("lms_reports:people_trained")


@pytest.fixture
def cohort():
    return make_cohort(donors=[make_donor(name="Aid")])


def completed(cohort, name="Раҳимова Гулнора"):
    return make_enrolment(
        make_person(legal_name=name),
        cohort,
        status=Enrolment.Status.COMPLETED,
        completed_on=date(2026, 5, 4),
        completed_at=datetime(2026, 5, 4, tzinfo=UTC),
    )


def counted(response) -> list[str]:
    """People, women, men, participations."""
    return [figure.text for _label, figure in response.context["figures"]]


def staff(group, *, cohort=None, role=None):
    ensure_roles()
    user = make_user(groups=[Group.objects.get(name=group)])
    if role:
        make_staff(cohort, role, user)
    return user


def test_a_participant_does_not_get_in(client, url):
    """PR-11"""
    client.force_login(make_participant().user)

    assert client.get(url).status_code in (302, 403)


def test_a_trainer_counts_only_her_own_cohorts(client, url, cohort, at):
    """PR-11"""
    at(NOW)
    completed(cohort)
    mine = make_cohort()
    client.force_login(staff(TRAINERS, cohort=mine, role="trainer"))

    response = client.get(url, {"year": 2026, "list": "people"})

    assert counted(response) == ["0", "0", "0", "0"]
    assert "Раҳимова" not in response.content.decode()


def test_an_observer_sees_figures_and_no_names_not_even_as_a_file(
    client, url, cohort, at
):
    """PR-06, PR-11 and RP-04"""
    at(NOW)
    for _ in range(6):
        completed(cohort)
    client.force_login(staff(OBSERVERS, cohort=cohort, role="observer"))

    page = client.get(url, {"year": 2026, "list": "people"})
    file = client.post(f"{url}?year=2026", {"file": "people.csv"})

    assert counted(page) == ["6", "6", "0", "6"]
    assert "Раҳимова" not in page.content.decode()
    assert "Раҳимова" not in file.content.decode()


def test_the_administrator_reads_the_sentence_the_figures_and_the_people(
    client, url, cohort, at
):
    """RP-01"""
    at(NOW)
    completed(cohort)
    client.force_login(staff(ADMINISTRATORS))

    page = client.get(url, {"year": 2026, "list": "people"})

    assert page.context["answer"].sentence == (
        "In 2026, 1 person was trained in countering trafficking in persons: "
        "1 law-enforcement officer."
    )
    assert "Раҳимова Гулнора" in page.content.decode()


def test_the_figures_come_as_csv_and_xlsx(client, url, cohort, at):
    """RP-05"""
    at(NOW)
    completed(cohort)
    client.force_login(staff(ADMINISTRATORS))

    figures = client.post(f"{url}?year=2026&quarter=2", {"file": "figures.csv"})
    book = client.post(f"{url}?year=2026", {"file": "figures.xlsx"})

    text = b"".join(figures.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[-3:] == [
        "Quarter,Audience,Sex,Region,Donor,People,Participations",
        "Quarter 2 of 2026,Law-enforcement officers,Woman,Sughd,Aid,1,1",
        "Quarter 2 of 2026,Law-enforcement officers,Woman,Sughd,All donors,1,1",
    ]
    assert "Law-enforcement officers,1,1,0,1" in text
    assert b"".join(book.streaming_content).startswith(b"PK")


def observer(client, cohort):
    user = staff(OBSERVERS, cohort=cohort, role="observer")
    client.force_login(user)
    return user


def people_of(cohort, *, count, on=date(2026, 5, 4), **fields):
    for _ in range(count):
        make_enrolment(
            make_person(**fields),
            cohort,
            status=Enrolment.Status.COMPLETED,
            completed_on=on,
            completed_at=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )


def figures_of(page) -> dict[str, str]:
    """label: people, of every table."""
    return {
        row[0].text: row[1].text
        for shown in page.context["tables"]
        for row in [*shown.rows, shown.total]
        if row
    }


def test_small_figures_are_hidden_from_an_observer_on_page_and_in_files(
    client, url, cohort, at
):
    """RP-04"""
    at(NOW)
    people_of(cohort, count=12, audience="police")
    people_of(cohort, count=6, audience="ngo")
    people_of(cohort, count=3, audience="judges")
    observer(client, cohort)

    page = client.get(url, {"year": 2026})
    file = client.post(f"{url}?year=2026", {"file": "figures.csv"})

    found = figures_of(page)
    names = ("Law-enforcement officers", "NGO staff", "Judges", "Together")
    assert [found[name] for name in names] == ["12", "hidden", "hidden", "21"]
    assert page.context["answer"].sentence.endswith(
        "21 people were trained in countering trafficking in persons: "
        "12 law-enforcement officers and 9 other people."
    )
    text = b"".join(file.streaming_content).decode()
    assert "Judges,hidden,hidden,hidden,hidden" in text
    assert "Every combination" not in text


def test_a_quarter_that_leaves_three_people_out_is_not_answered(
    client, url, cohort, at
):
    """RP-04"""
    at(NOW)
    people_of(cohort, count=20, on=date(2026, 5, 4))
    people_of(cohort, count=3, on=date(2026, 9, 4))
    observer(client, cohort)

    most = client.get(url, {"year": 2026, "quarter": 2})
    rest = client.get(url, {"year": 2026, "quarter": 3})

    assert [page.context["tables"] for page in (most, rest)] == [[], []]
    assert "fewer than five people" in most.content.decode()


def test_a_quarter_with_few_of_one_audience_shows_its_totals_alone(
    client, url, cohort, at
):
    """RP-04"""
    at(NOW)
    people_of(cohort, count=20, on=date(2026, 5, 4))
    people_of(cohort, count=3, on=date(2026, 5, 4), audience="judges")
    people_of(cohort, count=20, on=date(2026, 9, 4))
    observer(client, cohort)

    page = client.get(url, {"year": 2026, "quarter": 2})

    assert figures_of(page) == {"Together": "23"}


def test_a_large_quarter_is_answered_whole(client, url, cohort, at):
    """RP-04"""
    at(NOW)
    people_of(cohort, count=20, on=date(2026, 5, 4))
    people_of(cohort, count=20, on=date(2026, 9, 4))
    observer(client, cohort)

    page = client.get(url, {"year": 2026, "quarter": 2})

    assert figures_of(page)["Law-enforcement officers"] == "20"


def test_an_observer_may_not_narrow_twice_nor_by_days_or_audience(
    client, url, cohort, at
):
    """RP-04"""
    at(NOW)
    people_of(cohort, count=20)
    observer(client, cohort)
    donor = cohort.donors.get()

    twice = client.get(url, {"year": 2026, "quarter": 2, "donor": donor.pk})
    days = {"first": "2026-05-01", "last": "2026-05-03", "audience": "judges"}
    passed_over = client.get(url, {"year": 2026} | days)

    assert list(twice.context["form"].errors) == ["donor"]
    assert figures_of(passed_over)["Together"] == "20"


def test_whoever_knows_one_cohort_and_observes_another_asks_about_them_apart(
    client, url, cohort, at
):
    """RP-04: one's own people would give away the others."""
    at(NOW)
    people_of(cohort, count=3)
    mine = make_cohort()
    people_of(mine, count=4)
    make_staff(mine, "trainer", observer(client, cohort))

    own = client.get(url, {"year": 2026})
    watched = client.get(url, {"year": 2026, "whose": "watched", "list": "people"})

    assert (counted(own)[0], counted(watched)[0]) == ("4", "hidden")
    assert own.context["people_url"]
    assert watched.context["people"] is None


def test_a_file_nobody_offers_shows_the_page_again(client, url, at):
    at(NOW)
    client.force_login(staff(ADMINISTRATORS))

    response = client.post(url, {"file": "secrets.exe"})

    assert response.status_code == 200
    assert counted(response) == ["0", "0", "0", "0"]


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        *(({"year": year}, ["year"]) for year in ("", "abc", "-1", "99999")),
        ({"first": "2026-01-01"}, ["last"]),
        ({"last": "2026-01-01"}, ["first"]),
        ({"first": "soon", "last": "2026-01-01"}, ["first"]),
        ({"first": "2026-02-01", "last": "2026-01-01"}, ["last"]),
        ({"first": "0001-01-01", "last": "9999-12-31"}, ["first"]),
        ({"first": "2001-01-01", "last": "2026-12-31"}, ["last"]),
        ({"quarter": "5"}, ["quarter"]),
        ({"donor": "x", "project": "1", "region": "moon"}, "donor project region"),
        ({"only": "x" * 99}, ["only"]),
    ],
)
def test_what_cannot_be_asked_is_said_at_its_field(client, url, asked, fields, at):
    at(NOW)
    client.force_login(staff(ADMINISTRATORS))

    response = client.get(url, asked)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == (
        fields.split() if isinstance(fields, str) else fields
    )


def test_any_days_may_be_asked(client, url, cohort, at):
    at(NOW)
    completed(cohort)
    client.force_login(staff(ADMINISTRATORS))

    day = {"first": "2026-05-04", "last": "2026-05-04"}
    inside, outside = (
        client.get(url, day),
        client.get(url, day | {"last": "2026-05-03"}),
    )

    assert counted(inside) == ["1", "1", "0", "1"]
    assert inside.context["answer"].asked == [("Period", "4 May 2026 to 4 May 2026")]
    assert list(outside.context["form"].errors) == ["last"]


def test_a_period_without_data_says_so(client, url, at):
    at(NOW)
    client.force_login(staff(ADMINISTRATORS))

    page = client.get(url, {"year": 2001}).content.decode()

    assert "There is nothing to count in this period." in page
    assert "In 2001 nobody has completed a training yet." in page


def test_a_report_that_does_not_exist_is_not_found(client):
    client.force_login(staff(ADMINISTRATORS))

    missing = client.get(reverse("lms_reports:report", args=["nothing"]), follow=True)

    assert missing.status_code == 404


def test_the_index_leads_to_every_report(client):
    client.force_login(staff(OBSERVERS))

    page = client.get(reverse("lms_reports:index")).content.decode()

    assert [r.key for r in reports() if f"/{r.key}/" not in page] == []


def test_a_participant_does_not_get_to_the_index(client):
    """PR-11"""
    client.force_login(make_participant().user)

    assert client.get(reverse("lms_reports:index")).status_code in (302, 403)


def test_the_report_asks_as_much_for_three_rows_as_for_one(client, url, cohort, at):
    at(NOW)
    client.force_login(staff(ADMINISTRATORS))
    client.get(url)

    counts = []
    for more in (1, 2):
        for _ in range(more):
            completed(cohort)
        with CaptureQueriesContext(connection) as queries:
            client.get(url, {"year": 2026, "list": "people"})
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", [TRAINERS, OBSERVERS])
def test_the_dashboard_says_the_year_of_ones_own_cohorts(client, cohort, at, role):
    """PR-11"""
    at(NOW)
    completed(cohort)
    client.force_login(staff(role))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "In 2026 nobody has completed a training yet." in page


def test_the_dashboard_of_an_observer_holds_figures_and_no_names(client, cohort, at):
    """PR-11"""
    at(NOW)
    completed(cohort)
    client.force_login(staff(OBSERVERS, cohort=cohort, role="observer"))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "In 2026 fewer than five people were trained." in page
    assert "Раҳимова" not in page
