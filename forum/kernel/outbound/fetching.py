"""A page of the web, fetched with every suspicion: see the package's own words for the rules."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from forum.kernel.outbound.addresses import Address, Target, is_public, parse
from forum.kernel.outbound.deadline import Deadline
from forum.kernel.outbound.errors import (
    AddressRefused,
    BadStatus,
    CertificateRefused,
    OutboundError,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongType,
)
from forum.kernel.outbound.names import DnsResolver, Resolver

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

SECONDS = 5.0
MAX_BYTES = 1_000_000
MAX_REDIRECTS = 3
PORTS = frozenset({80, 443})
MAX_TRIES = 3  # addresses of one name: a dead one shouldn't end it, a hundred shouldn't be knocked at
PIECE = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
COMPRESSIONS = {"", "identity", "gzip", "deflate"}  # one of them: stacked ones are for bombs only
NO_ENCODINGS = {"", "idna", "punycode"}  # Python knows these, but they take a megabyte very badly
USER_AGENT = "Kade (forum software; fetches proofs and link previews)"

# Opens a connection to a vetted address and port within so many seconds.
Dial = Callable[[Address, int, float], socket.socket]


def dial(address: Address, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((str(address), port), timeout=seconds)


@dataclass(frozen=True)
class Fetched:
    """An answer with status 200. `url` is where it was in the end; `media_type` is lower-case, without parameters."""

    url: str
    media_type: str
    charset: str
    body: bytes

    @property
    def text(self) -> str:
        """The body in its declared encoding, else UTF-8; what can't be read becomes �."""
        declared = "utf-8" if self.charset in NO_ENCODINGS else self.charset
        try:
            return self.body.decode(declared, "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")


@dataclass(frozen=True)
class Fetcher:
    """The way out. All but `user_agent` is for tests: a resolver, a network and limits of their own."""

    user_agent: str = USER_AGENT
    resolver: Resolver = field(default_factory=DnsResolver)
    dial: Dial = dial
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    ports: frozenset[int] = PORTS
    seconds: float = SECONDS
    max_bytes: int = MAX_BYTES

    def fetch(self, url: str, accept: Collection[str], *, redirects: int = MAX_REDIRECTS) -> Fetched:
        """GET `url`. Each hop is parsed, resolved and vetted anew; from https it never leads back to http."""
        deadline = Deadline(self.seconds)
        target = parse(url)
        for _hop in range(min(redirects, MAX_REDIRECTS) + 1):
            found = self._hop(target, accept, deadline)
            if isinstance(found, Fetched):
                return found
            if target.scheme == "https" and found.scheme != "https":
                raise AddressRefused("leads from https back to http")
            target = found
        raise TooManyRedirects("leads on and on")

    def txt_records(self, name: str) -> list[str]:
        """See kernel.outbound."""
        return self.resolver.txt_records(name, self.seconds)

    def _hop(self, target: Target, accept: Collection[str], deadline: Deadline) -> Fetched | Target:
        addresses = self._vetted(target, deadline)
        try:
            with self._connected(target, addresses, deadline) as connection:
                return self._exchange(connection, target, accept, deadline)
        except OutboundError:
            raise
        except ssl.SSLCertVerificationError as error:
            raise CertificateRefused(str(error)) from error
        except Exception as error:  # whatever the libraries make of hostile bytes is one thing here
            if deadline.is_over or isinstance(error, TimeoutError):
                raise TooSlow(f"{target.host} takes too long") from error
            raise Unreachable(f"{target.host}: {error}") from error

    def _vetted(self, target: Target, deadline: Deadline) -> list[Address]:
        """The addresses to connect to. One that isn't public spoils the others: an honest name has none."""
        if target.port not in self.ports:
            raise AddressRefused(f"port {target.port}")
        found = [target.address] if target.address else self.resolver.addresses(target.host, deadline.left())
        for address in found:
            if not is_public(address):
                raise PrivateAddress(f"{target.host} leads to {address}")
        return found[:MAX_TRIES]

    @contextlib.contextmanager
    def _connected(self, target: Target, addresses: list[Address], deadline: Deadline) -> Iterator[socket.socket]:
        plain = self._dialled(target, addresses, deadline)
        with plain, deadline.cuts(plain):
            if target.scheme == "http":
                yield plain
                return
            plain.settimeout(deadline.left())
            with self.tls.wrap_socket(plain, server_hostname=target.host) as secure:
                yield secure

    def _dialled(self, target: Target, addresses: list[Address], deadline: Deadline) -> socket.socket:
        failure: OSError | None = None
        for address in addresses:
            try:
                return self.dial(address, target.port, deadline.left())
            except OSError as error:
                failure = error
        raise failure or Unreachable(f"{target.host} has no address")

    def _exchange(
        self, connection: socket.socket, target: Target, accept: Collection[str], deadline: Deadline
    ) -> Fetched | Target:
        from urllib3.connection import HTTPConnection

        talk = HTTPConnection(target.host, target.port, timeout=deadline.left())
        talk.sock = connection
        headers = {
            "Host": target.authority,
            "User-Agent": self.user_agent,
            "Accept": ", ".join(accept),
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        talk.request("GET", target.path, headers=headers, preload_content=False)
        with contextlib.closing(talk.getresponse()) as answer:
            if answer.status in REDIRECTS and answer.headers.get("Location"):
                return parse(urljoin(target.url, _as_unicode(answer.headers["Location"])))
            if answer.status != http.client.OK:
                raise BadStatus(answer.status)
            return self._read(answer, target, accept, deadline)

    def _read(self, answer: BaseHTTPResponse, target: Target, accept: Collection[str], deadline: Deadline) -> Fetched:
        described = answer.headers.get("Content-Type", "")
        media_type = described.partition(";")[0].strip().lower()
        if media_type not in accept:
            raise WrongType(media_type)
        if answer.headers.get("Content-Encoding", "").strip().lower() not in COMPRESSIONS:
            raise WrongType("an unknown compression")
        body = self._body(answer)
        deadline.left()  # a connection that was cut looks like a short answer
        return Fetched(target.url, media_type, _charset(described), body)

    def _body(self, answer: BaseHTTPResponse) -> bytes:
        """Piece by piece, and no further than the limit, so that a bomb unfolds no more than one piece."""
        body = bytearray()
        while piece := answer.read(PIECE, decode_content=True):
            body += piece
            if len(body) > self.max_bytes:
                raise TooLarge(f"more than {self.max_bytes} bytes")
        return bytes(body)


def _charset(described: str) -> str:
    message = Message()
    message["Content-Type"] = described
    return message.get_content_charset() or ""


def _as_unicode(header: str) -> str:
    """Headers are read as Latin-1; addresses in them are mostly UTF-8."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace")
