"""Which addresses are out in the world, and which parts of a URL are taken.

Own tables beside `ipaddress.is_global`, whose answers differ between versions of Python. Source: the special-purpose
registries of IANA (RFC 6890 and its updates), 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from forum.kernel.outbound.errors import AddressRefused

Address = IPv4Address | IPv6Address

MAX_URL = 2_000  # browsers and servers agree on about so much
DEFAULT_PORTS = {"http": 80, "https": 443}
# Already percent-encoded parts stay as they are, hence "%".
SAFE = "%/:=&?~+!$,;'@()*[]-._"

SPECIAL_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared behind carriers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local: clouds answer with their secrets here
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All that is given out is in here. Outside lie ::1, IPv4-mapped, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), unique
# local, link-local, site-local and multicast addresses.
GLOBAL_6 = IPv6Network("2000::/3")
SPECIAL_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocols: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: holds an IPv4 address
        "3fff::/20",  # documentation
    )
)


def is_public(address: Address) -> bool:
    """Whether it's a single machine's in the open Internet. Forms that hold an IPv4 address inside are not."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_4)
    return address in GLOBAL_6 and address.scope_id is None and not any(address in network for network in SPECIAL_6)


@dataclass(frozen=True)
class Target:
    """A URL in its parts. `host` is ASCII without brackets; `address` where it is a number; `path` has the query."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """As it stands in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """Raises AddressRefused for what isn't a plain http or https URL, without resolving any name."""
    if len(url) > MAX_URL or not url.isprintable() or "\\" in url or " " in url:
        raise AddressRefused("not an address of the web")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused("not an address of the web") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise AddressRefused("neither http nor https")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("holds a name or a password")
    if "[" in parts.netloc and ":" not in parts.hostname:
        raise AddressRefused("an address of a future kind")
    host = _host(parts.hostname)
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    default = DEFAULT_PORTS[parts.scheme]
    return Target(parts.scheme, host, default if port is None else port, path, _number(host))


def _host(name: str) -> str:
    """ASCII, and neither a name of the local network (without a dot) nor a number in disguise (0x7f.1, 2130706433)."""
    if ":" in name:
        return name
    try:
        host = name.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise AddressRefused("not a host name") from error
    last = host.rpartition(".")[2]
    looks_numeric = last.isdigit() or last.startswith("0x")
    if (looks_numeric and _number(host) is None) or ("." not in host) or not set(host) <= _HOST_CHARACTERS:
        raise AddressRefused("not a host name of the Internet")
    return host


_HOST_CHARACTERS = set("abcdefghijklmnopqrstuvwxyz0123456789-._")


def _number(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        if ":" in host:
            raise AddressRefused("not an address") from None
        return None
