"""A phone with a lock before the site: Chromium's own pretended one."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import expect

from lms.actions.slips import print_slips
from lms.models import SignInSlip
from tests.factories import make_cohort, make_enrolment, make_person

from .visiting import Visitors

LOCK = "Use this phone’s lock (passkey)"


@pytest.fixture
def visit_by_name(browser, site):
    """At an address with a name: for a number no browser keeps a passkey."""
    visitors = Visitors(browser, site.replace("127.0.0.1", "localhost"))
    yield visitors
    faults = visitors.leave()
    assert not faults, faults


class Lock:
    """The lock of the phone; the finger fits or it does not."""

    def __init__(self, page, *, fits=True):
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": fits,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send(
            "WebAuthn.addVirtualAuthenticator", {"options": options}
        )
        self.name = {"authenticatorId": made["authenticatorId"]}

    def set_finger(self, *, fits):
        self.session.send(
            "WebAuthn.setUserVerified", self.name | {"isUserVerified": fits}
        )


def a_slip():
    person = make_person(legal_name="Раҳимова Нигина", email="")
    cohort = make_cohort()
    make_enrolment(person, cohort)
    ((_slip, code),) = print_slips(cohort, people=[person], by=None)
    return person, reverse("lms:open_slip", args=[code])


def test_a_slip_a_finger_and_in_again_by_the_finger_alone(visit_by_name):
    person, path = a_slip()
    phone = visit_by_name()
    page = phone.page
    lock = Lock(page, fits=False)

    phone.open(path)
    phone.click(LOCK)
    expect(page.get_by_role("alert")).to_contain_text("The slip still works")
    assert SignInSlip.objects.get(person=person).used_at is None
    lock.set_finger(fits=True)
    phone.click(LOCK)
    expect(page).to_have_url(phone.site + reverse("lms:my_courses"))

    person.refresh_from_db()
    assert Authenticator.objects.get().user == person.user
    assert SignInSlip.objects.get(person=person).used_at

    phone.open(reverse("account_logout"))
    phone.click("Sign out", within=page.locator("main"))
    phone.open(reverse("account_login"))
    phone.click("Sign in with a passkey")
    expect(page).to_have_url(phone.site + reverse("lms:my_courses"))

    phone.open(reverse("mfa_list_webauthn"))
    phone.click("Add a passkey", "link")
    phone.click("Use a passkey")
    phone.click("Add a passkey")
    expect(page.get_by_role("alert")).to_contain_text("has a passkey for your account")


def test_where_the_address_is_a_number_a_slip_asks_for_a_password_alone(visit):
    _person, path = a_slip()
    phone = visit()

    page = phone.open(path)

    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=LOCK)).to_have_count(0)
