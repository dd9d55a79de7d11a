"""Accounts: signing up, who one is, the limit of tries, the second step of staff."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from lms import roles
from lms.models import Organisation, Person
from tests.cast import make_cast
from tests.factories import make_participant, make_person, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-sentence"


def sign_up(client, email):
    """Sign up and open the link in the letter."""
    client.post(
        reverse("account_signup"),
        {"email": email, "password1": PASSWORD, "password2": PASSWORD},
    )
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body).group(1)
    return client.post(link, follow=True)


def sign_in(client, login, password=PASSWORD, **query):
    return client.post(
        reverse("account_login", query=query or None),
        {"login": login, "password": password},
    )


def test_the_letter_says_who_writes_and_what_to_do(client):
    client.post(
        reverse("account_signup"),
        {"email": "n@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    subjects = [letter.subject for letter in mail.outbox]
    assert subjects == ["Confirm your e-mail", "No account has this e-mail"]
    assert "do nothing" in mail.outbox[0].body


def test_an_unconfirmed_e_mail_claims_nobody(client):
    person = make_person(email="nigina@example.org")

    client.post(
        reverse("account_signup"),
        {"email": person.email, "password1": PASSWORD, "password2": PASSWORD},
    )

    person.refresh_from_db()
    assert person.user is None


def test_a_confirmed_e_mail_finds_the_person_on_a_list(client):
    person = make_person(email="nigina@example.org")

    sign_up(client, "Nigina@example.org")

    person.refresh_from_db()
    assert person.user.email == "nigina@example.org"


def test_a_confirmed_e_mail_takes_nobody_from_another_account(client):
    person = make_participant(email="nigina@example.org")
    owner = person.user

    sign_up(client, "nigina@example.org")

    person.refresh_from_db()
    assert person.user == owner


def test_who_is_new_is_asked_who_they_are_and_goes_on_where_they_were_going(client):
    sign_up(client, "new@example.org")
    client.logout()

    asked = sign_in(client, "new@example.org", next="/en/my/")
    assert asked.url.startswith(reverse("account_pages:profile"))
    answered = client.post(
        asked.url,
        {
            "legal_name": "Раҳимова Нигина",
            "sex": "f",
            "audience": "ngo",
            "organisation": "Нури Умед",
            "region": "sughd",
            "locale": "tg",
        },
    )

    assert answered.url == "/en/my/"
    person = Person.objects.get()
    assert (person.legal_name, person.email) == ("Раҳимова Нигина", "new@example.org")
    assert person.organisation == Organisation.objects.get(name="Нури Умед")


def test_a_profile_without_a_name_keeps_what_was_typed(client):
    client.force_login(make_user())

    response = client.post(
        reverse("account_pages:profile"), {"legal_name": "", "organisation": "Академия"}
    )

    assert "legal_name" in response.context["form"].errors
    assert "Академия" in response.content.decode()


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/", "x:y"])
def test_the_profile_leads_to_no_other_site(client, wanted):
    client.force_login(make_participant().user)

    response = client.post(
        reverse("account_pages:profile", query={"next": wanted}), {"locale": "ru"}
    )

    assert response.url == reverse("account_pages:profile")


def test_people_change_their_language_and_not_their_name(client):
    person = make_participant(legal_name="Раҳимова Нигина")
    client.force_login(person.user)

    client.post(
        reverse("account_pages:profile"),
        {"locale": "ru", "phone": "+992 92 000 00 00", "legal_name": "Other"},
    )

    person.refresh_from_db()
    assert (person.locale, person.phone) == ("ru", "+992 92 000 00 00")
    assert person.legal_name == "Раҳимова Нигина"


def test_a_signed_out_visitor_is_sent_to_sign_in_and_back(client):
    url = reverse("account_pages:profile")

    response = client.get(url)

    assert response.url == f"{reverse('account_login')}?next={url}"
    assert f'name="next" value="{url}"' in client.get(response.url).content.decode()


def test_a_sixth_wrong_password_has_to_wait(client):
    user = make_user()
    for _ in range(5):
        sign_in(client, user.username, "wrong")

    response = sign_in(client, user.username, "secret")

    assert "_auth_user_id" not in client.session
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_many_tries_from_one_place_get_a_page_that_says_wait(client):
    for number in range(31):
        response = sign_in(client, f"nobody-{number}", "wrong")

    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_wagtails_own_sign_in_leads_to_ours(client):
    make_user(username="staff")

    response = client.post(
        reverse("wagtailadmin_login"), {"username": "staff", "password": "secret"}
    )

    assert response.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_staff_without_a_second_step_are_sent_to_set_one_up(client, settings):
    settings.USTOD_STAFF_MFA = True
    client.force_login(make_cast().trainer)

    response = client.get(reverse("lms_cohorts:index"))

    assert response.url == reverse("mfa_activate_totp")


def test_staff_with_a_second_step_enter(client, settings):
    settings.USTOD_STAFF_MFA = True
    trainer = make_cast().trainer
    Authenticator.objects.create(user=trainer, type="totp", data={"secret": "x"})
    client.force_login(trainer)

    assert client.get(reverse("lms_cohorts:index")).status_code == 200


def test_a_second_step_is_asked_after_the_password(client):
    trainer = make_cast().trainer
    EmailAddress.objects.create(
        user=trainer, email=trainer.email, verified=True, primary=True
    )
    Authenticator.objects.create(user=trainer, type="totp", data={"secret": "x"})

    response = sign_in(client, trainer.username, "secret")

    assert response.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    assert client.get(response.url).status_code == 200


def test_a_second_step_is_set_up_with_codes_for_a_lost_phone(client):
    user = make_cast().trainer
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    client.force_login(user)
    activate = reverse("mfa_activate_totp")
    client.post(
        reverse("account_reauthenticate"), {"password": "secret", "next": activate}
    )

    page = client.get(activate)
    secret = page.context["form"].secret
    wrong = client.post(activate, {"code": "000000"})
    now = int(time.time()) // 30
    code = format_hotp_value(hotp_value(secret, now))
    codes = client.post(activate, {"code": code}, follow=True)

    assert secret in page.content.decode()
    assert "code" in wrong.context["form"].errors
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("mfa_index")).status_code == 200
    for name in ("mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        shown = client.get(reverse(name))
        assert "account/page.html" in [template.name for template in shown.templates]


PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
]
OWN_PAGES = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_pages:profile",
    "account_reauthenticate",
    "mfa_index",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_a_page_of_the_entrance_has_the_look_of_the_site(client, name, language):
    url = reverse(name).replace("/en/", f"/{language}/")

    response = client.get(url)

    assert response.status_code == 200
    assert "account/page.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_the_own_account_has_the_look_of_the_site(client, name):
    client.force_login(make_participant().user)

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert "account/page.html" in [template.name for template in response.templates]


def test_a_link_of_no_worth_says_so(client):
    confirm = client.get(reverse("account_confirm_email", args=["nothing"]))
    reset = client.get(reverse("account_reset_password_from_key", args=["1", "a-b"]))

    assert "This link no longer works" in confirm.content.decode()
    assert "This link no longer works" in reset.content.decode()


def test_a_lost_phone_is_taken_off_the_account_and_noted(capsys):
    user = make_user(username="trainer")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})

    call_command("remove_second_step", "trainer")
    call_command("remove_second_step", "trainer")

    assert not Authenticator.objects.exists()
    actions = ModelLogEntry.objects.for_instance(user).values_list("action", flat=True)
    assert list(actions) == ["home.remove_second_step"]
    assert "nothing has changed" in capsys.readouterr().out


def test_a_second_step_of_nobody_is_not_removed():
    with pytest.raises(CommandError, match="No account"):
        call_command("remove_second_step", "nobody")


@pytest.mark.parametrize("language", ["en", "tg"])
def test_who_signs_in_comes_to_their_work_in_the_language_they_read(client, language):
    cast = make_cast()
    editor = make_user(groups=[Group.objects.get(name=roles.OBSERVERS)])
    places = {
        cast.participant: f"/{language}/my/",
        cast.trainer: f"/{language}/teach/",
        editor: "/admin/",
    }

    for user, place in places.items():
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.update_or_create(
            user=user, defaults={"email": f"{user.pk}@example.org", "verified": True}
        )
        answer = client.post(
            f"/{language}/accounts/login/",
            {"login": user.username, "password": PASSWORD},
        )
        client.logout()

        assert answer.url == place
