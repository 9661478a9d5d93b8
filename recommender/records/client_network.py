"""The network of a client, for rate limits."""

from __future__ import annotations

import ipaddress


def network_of(address: str) -> str:
    """What rate limits count as one client: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""  # unknown, as from this machine itself: counted together
    mapped = found.ipv4_mapped if found.version == 6 else None
    if found.version == 6 and mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(mapped or found)
