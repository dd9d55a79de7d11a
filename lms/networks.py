"""Where an address of the internet belongs: to its neighbours, not to one machine."""

import ipaddress
from collections.abc import Iterable

# One place's addresses share so many bits: what a provider gives a household or a firm.
_SHARED_BITS = {4: 24, 6: 64}


def neighbourhood(address: str) -> str:
    """The network around an address, such as 203.0.113.0/24."""
    known = ipaddress.ip_address(address)
    # A server that listens to both kinds tells the older one in the newer's clothes.
    known = getattr(known, "ipv4_mapped", None) or known
    network = f"{known}/{_SHARED_BITS[known.version]}"
    return str(ipaddress.ip_network(network, strict=False))


def is_elsewhere(address: str, site: Iterable[str]) -> bool:
    """Does the address belong to none of the networks that the site is known by?

    Never where there is nothing to compare with: no address of the site is known, or
    none of this kind: one place has addresses of both kinds, side by side.
    """
    if not address:
        return False
    here = ipaddress.ip_network(neighbourhood(address))
    known = [ipaddress.ip_network(one) for one in site]
    alike = [one for one in known if one.version == here.version]
    return bool(alike) and here not in alike
