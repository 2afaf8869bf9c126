"""Whom a connection may reach: public machines, and private ones if asked for.

A name is resolved once, every answer is checked, and the connection goes to a checked
answer, so that a name cannot change its mind in between.
"""

import socket
from ipaddress import IPv6Address, IPv6Network, ip_address

from mediakit.load.fetch_address import Address, Refused

METADATA = {"169.254.169.254", "100.100.100.200", "192.0.0.192", "fd00:ec2::254"}
TRANSLATED = IPv6Network("64:ff9b::/96")
COMPATIBLE = IPv6Network("::/96")
NEVER = ("is_link_local", "is_multicast", "is_unspecified")
LAST = 0xFFFFFFFF


def is_allowed(text: str, *, private: bool) -> bool:
    """Say whether an IP address may be connected to, whatever it is wrapped in."""
    ip = ip_address(text.partition("%")[0])
    if str(ip) in METADATA or any(getattr(ip, kind) for kind in NEVER):
        return False
    inner = _inner(ip) if ip.version == 6 else None
    if inner is not None and not ip.is_loopback:
        return is_allowed(str(inner), private=private)
    if ip.is_global and not ip.is_reserved:
        return True
    return private and (ip.is_loopback or not ip.is_reserved)


def _inner(ip: IPv6Address):
    """Return the IPv4 address that an IPv6 address carries to its goal, if any."""
    if ip in TRANSLATED or ip in COMPATIBLE:
        return ip_address(int(ip) & LAST)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])


def resolve(address: Address, *, private: bool) -> list[tuple]:
    """Return ``(family, socket address)`` of a host; raise `Refused` if one is closed.

    Raises OSError if the name is not known.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    for *_, place in found:
        if not is_allowed(place[0], private=private):
            raise Refused(
                "a reserved address of no site"
                if private
                else "a private or local address"
            )
    return list(dict.fromkeys((family, place) for family, *_, place in found))
