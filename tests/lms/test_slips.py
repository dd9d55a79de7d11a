"""Sign-in slips: a way in for people without e-mail, used once, kept nowhere."""

import logging
import re
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from courses import clock
from lms import codes
from lms.actions import slips as actions
from lms.actions.slips import SlipRefused, UserNameTaken, find_slip, use_slip
from lms.models import Person, SignInSlip
from lms.views.slips import sheet
from tests.cast import make_cast
from tests.factories import make_enrolment, make_person, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"
START = "2026-10-12T09:00+05:00"


@pytest.fixture(scope="module")
def cast_once(once, at_once):
    at_once(START)
    cast = make_cast()
    cast.nigina = make_person(legal_name="Раҳимова Нигина", email="")
    make_enrolment(cast.nigina, cast.cohort)
    return cast


def a_slip(cast):
    ((slip, code),) = actions.print_slips(
        cast.cohort, people=[cast.nigina], by=cast.trainer
    )
    return slip, code


def account(**answers):
    return {"username": "nigina", "password": PASSWORD, "again": PASSWORD} | answers


@pytest.mark.parametrize(
    "who", ["participant", "marker", "observer", "stranger", "other_trainer"]
)
def test_who_does_not_teach_the_cohort_prints_no_slip(client, cast, who):
    client.force_login(getattr(cast, who))
    url = reverse("lms:print_slips", args=[cast.cohort.code])

    assert client.get(url).status_code == 404
    assert client.post(url, {"people": [cast.nigina.pk]}).status_code == 404
    assert not SignInSlip.objects.exists()


def test_nobody_of_another_cohort_and_nobody_with_an_account_gets_a_slip(client, cast):
    client.force_login(cast.trainer)
    outside = make_person(email="")
    url = reverse("lms:print_slips", args=[cast.cohort.code])

    for person in (outside, cast.person, cast.other_person):
        response = client.post(url, {"people": [person.pk]})
        assert "people" in response.context["form"].errors

    printed = actions.print_slips(cast.cohort, people=[cast.person, outside], by=None)
    assert printed == []


def test_a_trainer_prints_slips_for_those_without_an_account(client, cast):
    client.force_login(cast.trainer)
    url = reverse("lms:print_slips", args=[cast.cohort.code])

    page = client.get(url).content.decode()
    response = client.post(url, {"people": [cast.nigina.pk]})

    assert "Раҳимова Нигина" in page
    assert cast.person.legal_name not in page
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF")
    assert SignInSlip.objects.get().printed_by == cast.trainer


def test_a_code_is_kept_and_logged_nowhere(client, cast, caplog):
    """PR-09: secrets are on the paper only."""
    caplog.set_level(logging.DEBUG)
    slip, code = a_slip(cast)

    client.get(reverse("lms:open_slip", args=[code]))
    client.get(reverse("lms:open_slip", args=[code[::-1]]))
    client.post(reverse("lms:enter_slip"), {"code": code})

    stored = str(SignInSlip.objects.values().get()) + str(dict(client.session))
    assert code not in stored
    assert slip.digest not in str(dict(client.session))
    heard = [r.getMessage() for r in caplog.records if r.name != "django.db.backends"]
    assert code not in " ".join(heard)
    assert code[::-1] not in " ".join(heard)


def test_printing_again_ends_the_slips_that_were_not_used(cast):
    _old, code = a_slip(cast)
    _new, newer = a_slip(cast)

    with pytest.raises(SlipRefused, match="newer one"):
        find_slip(code)
    assert find_slip(newer).person == cast.nigina


@pytest.mark.parametrize(
    "typed", ["{}", " {} ", "{lower}", "{grouped}", "{grouped} ", "{cyrillic}"]
)
def test_a_code_is_read_however_it_is_typed(cast, typed):
    slip, code = a_slip(cast)
    cyrillic = code.translate(str.maketrans("AEKMHPCTXY", "АЕКМНРСТХУ"))
    typed = typed.format(
        code, lower=code.lower(), grouped=codes.grouped(code, 5), cyrillic=cyrillic
    )

    assert find_slip(typed) == slip


@pytest.mark.parametrize("typed", ["", "   ", "AAAAA-AAAAA", "☃", "x" * 500, "\x00"])
def test_what_is_no_code_finds_nothing(cast, typed):
    a_slip(cast)

    with pytest.raises(SlipRefused, match="No slip"):
        find_slip(typed)


def test_a_slip_makes_an_account_signs_in_and_works_once(client, cast):
    """EN-10: an account claims the person that staff wrote down, once."""
    _slip, code = a_slip(cast)

    opened = client.get(reverse("lms:open_slip", args=[code]))
    page = client.get(opened.url)
    done = client.post(opened.url, account())

    assert "Раҳимова Нигина" in page.content.decode()
    assert page.context["form"].initial["username"] == "nigina.rahimova"
    assert done.url == reverse("lms:my_courses")
    cast.nigina.refresh_from_db()
    assert int(client.session["_auth_user_id"]) == cast.nigina.user.pk
    assert cast.cohort.title in client.get(done.url).content.decode()
    with pytest.raises(SlipRefused, match="used already"):
        find_slip(code)


def test_the_account_of_a_slip_signs_in_again_by_user_name(client, cast):
    _slip, code = a_slip(cast)
    client.post(reverse("lms:enter_slip"), {"code": code})
    client.post(reverse("lms:slip_account"), account())
    client.logout()

    response = client.post(
        reverse("account_login"), {"login": "nigina", "password": PASSWORD}
    )

    assert response.url == reverse("lms:my_courses")


def test_a_slip_opened_twice_makes_one_account(client, cast):
    slip, _code = a_slip(cast)
    use_slip(slip, username="nigina", password=PASSWORD)

    with pytest.raises(SlipRefused):
        use_slip(slip, username="nigina2", password=PASSWORD)

    assert Person.objects.filter(user__username__startswith="nigina").count() == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "with spaces!"}, "username"),
        ({"username": "x" * 200}, "username"),
        ({"password": "12345678", "again": "12345678"}, "password"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "another-sentence"}, "again"),
        ({"username": "TAKEN"}, "username"),
    ],
)
def test_a_wrong_answer_is_said_at_its_field_and_uses_nothing(
    client, cast, answers, field
):
    make_user(username="taken")
    _slip, code = a_slip(cast)
    client.post(reverse("lms:enter_slip"), {"code": code})

    response = client.post(reverse("lms:slip_account"), account(**answers))

    assert list(response.context["form"].errors) == [field]
    assert find_slip(code)


def test_a_user_name_taken_is_refused_whatever_its_capitals(cast):
    make_user(username="nigina")
    slip, _code = a_slip(cast)

    with pytest.raises(UserNameTaken):
        use_slip(slip, username="Nigina", password=PASSWORD)


def test_a_slip_is_too_old_after_a_fortnight(client, cast, at):
    _slip, code = a_slip(cast)
    client.post(reverse("lms:enter_slip"), {"code": code})

    at("2026-10-27T09:00+05:00")

    with pytest.raises(SlipRefused, match="too old"):
        find_slip(code)
    response = client.post(reverse("lms:slip_account"), account())
    assert response.url == reverse("lms:enter_slip")
    assert not get_user_model().objects.filter(username="nigina").exists()


def test_an_opened_slip_waits_half_an_hour_on_a_device(client, cast, at):
    _slip, code = a_slip(cast)
    client.post(reverse("lms:enter_slip"), {"code": code})

    at("2026-10-12T09:31+05:00")

    assert client.get(reverse("lms:slip_account")).url == reverse("lms:enter_slip")


def test_without_a_slip_there_is_no_account_page(client):
    assert client.get(reverse("lms:slip_account")).url == reverse("lms:enter_slip")


def test_a_slip_scanned_while_somebody_is_signed_in_changes_nothing(client, cast):
    _slip, code = a_slip(cast)
    client.force_login(cast.participant)
    client.get(reverse("lms:open_slip", args=[code]))

    response = client.post(reverse("lms:slip_account"), account())

    assert "Somebody is signed in" in response.content.decode()
    assert int(client.session["_auth_user_id"]) == cast.participant.pk
    assert find_slip(code)


def test_a_slip_of_somebody_merged_away_opens_nothing(cast):
    _slip, code = a_slip(cast)
    cast.nigina.merged_into = cast.person
    cast.nigina.save()

    with pytest.raises(SlipRefused):
        find_slip(code)


def test_many_tries_have_to_wait(client, cast, at):
    at(clock.now())
    for _ in range(60):
        client.post(reverse("lms:enter_slip"), {"code": "AAAAA"})
    _slip, code = a_slip(cast)

    response = client.post(reverse("lms:enter_slip"), {"code": code})

    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_a_user_name_is_suggested_that_nobody_has(cast):
    make_user(username="nigina.rahimova")
    make_user(username="Nigina.Rahimova2")

    assert actions.suggested_username(cast.nigina) == "nigina.rahimova3"
    assert actions.suggested_username(Person(legal_name="王")) == "participant"


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_the_pages_of_a_slip_open_in_each_language(client, cast, language):
    _slip, code = a_slip(cast)

    for name in ("enter_slip", "slip_account"):
        url = reverse(f"lms:{name}").replace("/en/", f"/{language}/")
        assert client.get(url).status_code == 200
        client.get(reverse("lms:open_slip", args=[code]))


LONG_NAME = "Абдулвоҳидзода-Ғиёсиддинова Муҳаббатбону Абдусатторовна"


@pytest.mark.parametrize(
    ("count", "pages"), [(1, [1]), (8, [8]), (9, [8, 1]), (20, [8, 8, 4])]
)
def test_eight_slips_stand_on_a_page_each_whole(cast, count, pages):
    cast.cohort.title = "Противодействие торговле людьми: первые действия, Худжанд"
    for _ in range(count - 1):
        make_enrolment(make_person(legal_name=LONG_NAME, email=""), cast.cohort)
    people = actions.without_account(cast.cohort)

    printed = actions.print_slips(cast.cohort, people=people, by=None)
    document = PdfReader(BytesIO(sheet(cast.cohort, printed)))

    shown = [page.extract_text() for page in document.pages]
    codes_of = [re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", text) for text in shown]
    assert [len(found) for found in codes_of] == pages
    assert {code for found in codes_of for code in found} == {
        codes.grouped(code, 5) for _slip, code in printed
    }


def test_slips_are_in_the_language_of_the_cohort(cast):
    cast.cohort.locale = "ru"
    people = actions.without_account(cast.cohort)

    printed = actions.print_slips(cast.cohort, people=people, by=None)
    document = PdfReader(BytesIO(sheet(cast.cohort, printed)))

    assert document.root_object["/Lang"] == "ru"


def test_a_trainer_finds_the_slips_on_the_cohorts_page(client, cast):
    client.force_login(cast.trainer)

    page = client.get(reverse("lms:cohort", args=[cast.cohort.code])).content.decode()

    assert reverse("lms:print_slips", args=[cast.cohort.code]) in page


def test_the_form_asks_as_often_for_three_people_as_for_one(client, cast):
    client.force_login(cast.trainer)
    url = reverse("lms:print_slips", args=[cast.cohort.code])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)

    for _ in range(2):
        make_enrolment(make_person(email=""), cast.cohort)
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)
