"""Where somebody comes from, as limits count it."""

from __future__ import annotations

import ipaddress


def network_of(address: str) -> str:
    """What counts as one address: with IPv6, where one line has very many, the network of the line."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""  # none is known, as from this machine itself: these are counted together
    mapped = found.ipv4_mapped if found.version == 6 else None
    if found.version == 6 and mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(mapped or found)
