"""So many tries a minute for each network, so that nobody searches for codes."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from courses import clock

TRIES = 10
SECONDS = 60


def allows(request, *, door: str, tries: int = TRIES) -> bool:
    """Count this try at this door (a word of the code's own).

    Nothing of the address is kept but a keyed hash, for a minute.
    """
    minute = int(clock.now().timestamp()) // SECONDS
    network = salted_hmac(f"{door}.throttle", _network(request), algorithm="sha256")
    key = f"{door}:{minute}:{network.hexdigest()[:24]}"
    cache.add(key, 0, timeout=SECONDS)
    try:
        return cache.incr(key) <= tries
    except ValueError:
        # It expired between the two calls: a new minute begins.
        return True


def _network(request) -> str:
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    width = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network(f"{address}/{width}", strict=False))
