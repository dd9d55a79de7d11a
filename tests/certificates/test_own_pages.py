"""My certificates: what a holder sees and may do, and nobody else."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from certificates.actions.ending import revoke
from certificates.cards import profile_form
from certificates.models import Certificate, CertificateCopy, ShareLink
from courses.models import CoursePage

from .held import make_holders

pytestmark = pytest.mark.django_db

POSTS = ["share", "unshare", "make_copy", "withdraw"]


@pytest.fixture(scope="module")
def cast_once(once):
    return make_holders()


@pytest.fixture
def page(client, cast):
    """`page("share", data)` posts as the holder, without data it opens."""
    client.force_login(cast.participant)

    def ask(name, data=None):
        url = reverse(f"certificates:{name}", args=[cast.certificate.code])
        if data is None:
            return client.get(url)
        return client.post(url, data, follow=True)

    return ask


@pytest.mark.parametrize("who", ["other_participant", "coordinator", "administrator"])
@pytest.mark.parametrize("name", POSTS)
def test_only_the_holder_does_these(client, cast, who, name):
    """PR-11"""
    client.force_login(getattr(cast, who))
    url = reverse(f"certificates:{name}", args=[cast.certificate.code])

    response = client.post(url, {"language": "ru", "days": "30", "is_sure": "on"})

    assert response.status_code == 404
    assert Certificate.objects.get(pk=cast.certificate.pk).status == "valid"
    assert (ShareLink.objects.count(), CertificateCopy.objects.count()) == (0, 0)


def test_a_card_leads_to_the_page_of_the_certificate(page, client, cast):
    html = client.get(reverse("certificates:mine")).content.decode()
    assert html == client.get(reverse("certificates:mine")).content.decode()
    client.force_login(cast.participant)

    html = client.get(reverse("certificates:mine")).content.decode()

    assert reverse("certificates:own", args=[cast.certificate.code]) in html
    assert cast.certificate.number in html
    assert cast.other_certificate.number not in html


def test_a_link_is_shown_switched_off_and_gone(page):
    shared = page("share", {"days": "365"}).content.decode()
    link = ShareLink.objects.get()
    off = page("unshare", {}).content.decode()

    assert link.token in shared
    assert link.token not in off
    assert "Switched off" in off
    assert (link.expires_at - link.made_at).days == 365


def test_a_link_without_an_end_stays_open_until_it_is_switched_off(page):
    page("share", {"days": "0"})

    assert ShareLink.objects.get().expires_at is None


def test_a_choice_of_days_that_is_not_there_is_said_beside_it(page):
    html = page("share", {"days": "4000"}).content.decode()

    assert "errorlist" in html
    assert not ShareLink.objects.exists()


def test_a_copy_is_made_by_a_button_and_then_a_file(page, client, cast):
    """CE-04"""
    url = reverse("certificates:download_copy", args=[cast.certificate.code, "en"])
    before = client.get(url).status_code

    html = page("make_copy", {"language": "en"}).content.decode()
    first, second = client.get(url).getvalue(), client.get(url).getvalue()

    assert (before, url in html) == (404, True)
    assert '<bdi lang="uz">O\u02bbzbek tili</bdi>' in html
    assert first == second == CertificateCopy.objects.get().pdf.open("rb").read()


@pytest.mark.parametrize(
    ("theme", "words"),
    [("guilloche", "Paper A4, landscape."), ("statement", "Paper A4, upright.")],
)
def test_printing_at_home_says_how_this_paper_lies(page, cast, theme, words):
    design = cast.certificate.content["design"] | {"theme": theme}
    Certificate.objects.filter(pk=cast.certificate.pk).update(
        content=cast.certificate.content | {"design": design}
    )

    html = page("own").content.decode()

    assert words in html
    assert html.count("Paper A4") == 1


def test_a_holder_reads_why_it_was_revoked_and_not_our_note(page, cast):
    """CE-20"""
    revoke(
        cast.certificate,
        by=cast.coordinator,
        reason="Our note",
        ended_class="deception",
    )

    html = page("own").content.decode()

    assert "It was obtained by deception" in html
    assert "Our note" not in html


def test_linkedin_is_a_link_and_nothing_is_fetched(page, cast):
    html = page("own").content.decode()

    assert "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in html
    assert "think of your safety first" in html
    assert 'src="https://' not in html
    assert (
        cast.person.legal_name.split()[0]
        not in html.partition("linkedin.com")[2].partition('"')[0]
    )


def test_a_profile_says_of_which_kind_it_is_where_nothing_was_completed(page, cast):
    course = cast.certificate.content["course"]["en"]
    row = Certificate.objects.get(pk=cast.certificate.pk)

    addresses = []
    for kind in ("completion", "attendance"):
        row.kind = kind
        addresses.append(parse_qs(profile_form(row, "en"))["name"])

    assert addresses == [[course], [f"Attendance statement: {course}"]]


def test_the_badge_of_a_signed_certificate_is_one_link_away(page, client, cast):
    html = page("own").content.decode()

    for name in ("badge_png", "badge_svg"):
        url = reverse(f"certificates:{name}", args=[cast.certificate.code])
        assert f'href="{url}"' in html
        assert client.get(url).status_code == 200


def test_the_page_leads_to_the_course_where_a_certificate_is_not_renewed(page, cast):
    """CE-17: one with an end; it is asked of no other."""
    without_end = page("own").content.decode()
    Certificate.objects.update(valid_until=date(2028, 10, 14))
    course = CoursePage.objects.get(
        translation_key=cast.certificate.cohort.edition.course_key
    )

    html = page("own").content.decode()
    CoursePage.objects.update(live=False)
    closed = page("own").content.decode()

    link = f'<a href="{course.get_url()}">{course.title}</a>'
    assert f"You get a new one by taking the course again. {link}" in html
    assert "It is not renewed" in closed
    assert "course again" not in closed
    assert "renewed" not in without_end


def test_a_name_that_is_written_wrong_is_one_link_from_its_correction(
    page, client, cast
):
    """CE-19; there is none where nothing can be issued anew."""
    link = f'href="{reverse("account_pages:correct", args=["legal_name"])}"'

    html = page("own").content.decode()
    revoke(cast.certificate, by=cast.coordinator, reason="x", ended_class="error")
    ended = page("own").content.decode()

    assert (html.count(link), ended.count(link)) == (1, 0)


def test_withdrawing_says_what_it_means_and_asks_for_a_tick(page, cast):
    shown = page("withdraw").content.decode()
    unsure = page("withdraw", {}).content.decode()
    still = Certificate.objects.get(pk=cast.certificate.pk)

    done = page("withdraw", {"is_sure": "on"}).content.decode()

    row = Certificate.objects.get(pk=cast.certificate.pk)
    assert "You cannot undo this" in shown
    assert "Tick the box" in unsure
    assert still.status == "valid"
    assert (row.status, row.ended_by) == ("withdrawn", cast.participant)
    assert "Withdrawn" in done
    assert "Make a link" not in done


def test_withdrawing_twice_is_once_and_a_revoked_one_is_told(page, cast):
    page("withdraw", {"is_sure": "on"})
    ended = Certificate.objects.get(pk=cast.certificate.pk).ended_at
    page("withdraw", {"is_sure": "on"})
    same = Certificate.objects.get(pk=cast.certificate.pk).ended_at
    Certificate.objects.filter(pk=cast.certificate.pk).update(status="revoked")

    html = page("withdraw", {"is_sure": "on"}).content.decode()

    assert same == ended
    assert "has ended already" in html
