"""Addresses nobody writes by hand."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/en/cour%00ses/", "/media/a%00b.png"])
def test_an_address_with_a_nul_in_it_does_not_exist(client, address):
    assert client.get(address).status_code == 404
