"""Ten tries a minute for each network, so that nobody searches for codes (CE-10)."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from courses import clock

TRIES = 10
SECONDS = 60


def allows(request) -> bool:
    """Count this try. Nothing of the address is kept but a keyed hash, for a minute."""
    minute = int(clock.now().timestamp()) // SECONDS
    network = salted_hmac(
        "certificates.throttle", _network(request), algorithm="sha256"
    ).hexdigest()[:24]
    key = f"verify:{minute}:{network}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return cache.incr(key) <= TRIES
    except ValueError:
        # It expired between the two calls: a new minute begins.
        return True


def _network(request) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    width = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
