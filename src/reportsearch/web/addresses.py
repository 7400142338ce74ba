"""The names and addresses under which this machine is reached."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from reportsearch.errors import ReportSearchError, quote_value

WILDCARDS = frozenset(("0.0.0.0", "::"))  # noqa: S104 - compared with, not bound to
"""Hosts that stand for all addresses of the machine."""
_LOOPBACK_NAMES = frozenset(("127.0.0.1", "localhost", "::1"))


def is_loopback(host: str) -> bool:
    """Return whether an address can only be reached from this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bracket_ipv6(host: str) -> str:
    """Return a host as addresses contain it."""
    return f"[{host}]" if ":" in host else host


def simplify_ip(host: str) -> str:
    """Return an IP address in its usual spelling, without a zone; other names unchanged."""
    try:
        found = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return str(mapped or found)


def split_host(value: str) -> tuple[str, int | None] | None:
    """Split ``name`` or ``name:port``, in lower case; None if it is neither."""
    try:
        parts = urlsplit(f"//{value}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or parts.netloc != value or "@" in value or any(map(str.isspace, value)):
        return None
    return simplify_ip(host), port


def read_allowed_host(given: str) -> tuple[str, int | None]:
    """Read a name that a user allows, as a browser sends it. Raises ReportSearchError."""
    found = split_host(bracket_ipv6(given) if _is_ip(given) else given)
    with suppress(UnicodeError):
        if found is not None:
            name, port = found
            return (name if ":" in name else name.encode("idna").decode()), port
    raise ReportSearchError(
        "--allowed-host {given} is not a name or address such as pc12.example.cn; leave out "
        "http:// and the path",
        given=quote_value(given),
    )


def find_machine_names() -> frozenset[str]:
    """Return the names by which other machines may know this one."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return frozenset((name, short, f"{short}.local", socket.getfqdn().lower())) - {""}


def find_interface_addresses() -> list[str]:
    """Return the addresses of this machine that others can use, IPv4 first."""
    import psutil

    found = {
        simplify_ip(one.address)
        for addresses in psutil.net_if_addrs().values()
        for one in addresses
        if one.family in (socket.AF_INET, socket.AF_INET6)
    }
    usable = [one for one in map(ipaddress.ip_address, found) if not one.is_loopback]
    # A link-local address needs a zone, which browsers do not take.
    return [
        str(one)
        for one in sorted(usable, key=lambda one: (one.version, one.packed))
        if not one.is_link_local
    ]


class OwnHosts:
    """The values of the header Host that are ours; any other one may be a rebound name.

    These are the loopback names, ``host`` and, unless that is a loopback address, the machine's
    names, all with the ``port``; the address at which a connection arrived; and the names in
    ``allowed``, with any port unless they state one.
    """

    def __init__(self, host: str, port: int, allowed: tuple[str, ...] = ()) -> None:
        names = set() if is_loopback(host) else find_machine_names()
        self._names = _LOOPBACK_NAMES | names | {simplify_ip(host.lower())}
        self._port = port
        self._allowed = frozenset(map(read_allowed_host, allowed))

    def contains(self, value: str, arrived_at: str = "") -> bool:
        """Return whether a Host is ours; ``arrived_at`` is our end of the connection."""
        found = split_host(value)
        if found is None:
            return False
        name, port = found
        if (name, port) in self._allowed or (name, None) in self._allowed:
            return True
        has_port = port == self._port or (port is None and self._port == 80)
        # An IP address cannot be rebound.
        is_own = name in self._names or (_is_ip(name) and name == simplify_ip(arrived_at))
        return has_port and is_own


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
