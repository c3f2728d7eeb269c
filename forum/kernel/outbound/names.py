"""Names → addresses and TXT records, asked of DNS itself: no hosts file, no search domains, always with a time-out."""

from __future__ import annotations

from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from forum.kernel.outbound.addresses import Address
from forum.kernel.outbound.errors import NameNotFound, TooSlow, Unreachable

if TYPE_CHECKING:
    from dns.resolver import Answer
    from dns.resolver import Resolver as Stub

PORT = 53


class Resolver(Protocol):
    """What a Fetcher asks for names; tests bring their own. `seconds` is the time that is left."""

    def addresses(self, name: str, seconds: float) -> list[Address]:
        """All of them, IPv4 first. Raises NameNotFound, TooSlow, Unreachable."""
        ...

    def txt_records(self, name: str, seconds: float) -> list[str]:
        """Each as one string; an empty list where there is no name or no record. Raises TooSlow, Unreachable."""
        ...


class DnsResolver:
    """Asks the system's name servers, or those given."""

    def __init__(self, servers: tuple[str, ...] = (), port: int = PORT) -> None:
        self.servers = servers
        self.port = port

    def addresses(self, name: str, seconds: float) -> list[Address]:
        found = [
            ip_address(record.to_text())
            for kind in ("A", "AAAA")
            for record in self._ask(name, kind, seconds / 2) or ()
        ]
        if not found:
            raise NameNotFound(f"{name} has no address")
        return found

    def txt_records(self, name: str, seconds: float) -> list[str]:
        answer = self._ask(name, "TXT", seconds) or ()
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    def _ask(self, name: str, kind: str, seconds: float) -> Answer | None:
        import dns.exception
        import dns.resolver

        try:
            return self._stub.resolve(name, kind, lifetime=seconds, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except dns.exception.Timeout as error:
            raise TooSlow(f"no name server answered for {name}") from error
        except (dns.exception.DNSException, OSError) as error:
            raise Unreachable(f"the name servers can't answer for {name}: {error}") from error

    @cached_property
    def _stub(self) -> Stub:
        """Made when first needed: dnspython takes a while to load."""
        from dns.resolver import Resolver as Stub

        stub = Stub(configure=not self.servers)
        if self.servers:
            stub.nameservers = list(self.servers)
            stub.port = self.port
        return stub
