"""Where staff issue certificates and look after them: nothing serious, nothing wide."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from certificates.actions.runs import start_run
from certificates.models import (
    AwardRule,
    Certificate,
    CertificateTemplate,
    Proposal,
    SigningKey,
)
from home.models import User

from . import rows
from .axe import COLOURS, axe, show_all, too_wide
from .visiting import PHONE

# Each with the rows in its address: by its name in `places`.
PAGES = {
    "issue_cohort": "awarded",
    "cohort_files": "awarded",
    "not_issued": "awarded",
    "issue_query": "",
    "run": "run",
    "run_files": "run",
    "proposals": "",
    "proposal": "proposal",
    "change_proposal": "proposal",
}
# In Wagtail's admin, where what stands around our pages is Wagtail's.
ADMIN = {
    "certificates_list:index": "",
    "certificates_list:inspect": "certificate",
    "certificates_list:history": "certificate",
    "certificates_list:revoke": "certificate",
    "certificates_list:renew": "certificate",
    "certificates_list:send_copy": "certificate",
    "certificate_numbers:index": "",
    "certificate_templates:index": "",
    "certificate_templates:inspect": "template",
    "certificate_templates:compare": "template",
    "certificate_templates:import": "",
    "certificate_rules:index": "",
    "certificate_rules:inspect": "rule",
    "certificate_rules:edit": "rule",
    "certificate_signatories:index": "",
    "certificate_signatories:add": "",
    "certificate_keys:index": "",
    "certificate_keys:inspect": "key",
}


@pytest.fixture(scope="module")
def places(site) -> dict[str, int]:
    by = User.objects.get(username="administrator")
    proposal = Proposal.objects.first()
    run = start_run([rows.behind()], cohort=rows.cohort(), by=by)
    return {
        "awarded": proposal.cohort_id,
        "proposal": proposal.pk,
        "run": run.pk,
        "certificate": Certificate.objects.valid().first().pk,
        "key": SigningKey.objects.first().pk,
        "template": CertificateTemplate.objects.first().pk,
        "rule": AwardRule.objects.filter(kind="distinction").first().pk,
    }


def address(name: str, places: dict[str, int], of: str, language: str = "en") -> str:
    with override(language):
        return reverse(name, args=[places[of]] if of else [])


def test_axe_finds_nothing_serious_where_certificates_are_issued(visit, places):
    """One visit for all pages: a new one for each would load the styles again."""
    visitor = visit("administrator")
    found = {}
    for name, of in PAGES.items():
        page = visitor.open(address(f"certificates:{name}", places, of))
        show_all(page, PHONE["width"])
        page.emulate_media(color_scheme="light")
        found[name] = axe(page)
        page.emulate_media(color_scheme="dark")
        found[name] += axe(page, *COLOURS) + too_wide(page)

    assert found == {name: [] for name in PAGES}


@pytest.mark.parametrize("language", ["ru", "tg"])
def test_no_word_of_another_language_is_too_wide_for_a_phone(visit, places, language):
    visitor = visit("administrator")
    found = {}
    for name, of in PAGES.items():
        page = visitor.open(address(f"certificates:{name}", places, of, language))
        found[name] = page.locator("html").get_attribute("lang"), too_wide(page)

    assert found == dict.fromkeys(PAGES, (language, []))


def test_axe_finds_nothing_serious_in_the_admin(visit, places):
    visitor = visit("administrator")
    found = {}
    for name, of in ADMIN.items():
        page = visitor.open(address(name, places, of))
        found[name] = axe(page, within="#main") + too_wide(page)

    assert found == {name: [] for name in ADMIN}
