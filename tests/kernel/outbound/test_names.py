"""Names asked of a name server of our own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

import dns.message
import dns.rcode
import dns.rrset
import pytest

from forum.kernel.outbound import DnsResolver, Fetcher, NameNotFound, TooSlow, Unreachable

RECORDS = {
    ("city.example.", "A"): ["93.184.215.14"],
    ("city.example.", "AAAA"): ["2606:2800:21f:cb07::1"],
    ("city.example.", "TXT"): ['"v=spf1 -all"', '"kade=" "0123456789"'],
    ("four.example.", "A"): ["93.184.215.14"],
}


def _reply(query: dns.message.Message) -> dns.message.Message | None:
    question = query.question[0]
    name, kind = question.name.to_text(), question.rdtype.name
    reply = dns.message.make_response(query)
    if name == "silent.example.":
        return None
    if name == "broken.example.":
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif (name, kind) in RECORDS:
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *RECORDS[name, kind]))
    elif name not in {known for known, _kind in RECORDS}:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    return reply


def _serve(listener: socket.socket) -> None:
    while True:
        data, peer = listener.recvfrom(4096)
        if not data:
            return
        if reply := _reply(dns.message.from_wire(data)):
            listener.sendto(reply.to_wire(), peer)


@pytest.fixture(scope="module")
def resolver() -> Iterator[DnsResolver]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(listener,), daemon=True)
        thread.start()
        yield DnsResolver(("127.0.0.1",), listener.getsockname()[1])
        with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as last:
            last.sendto(b"", listener.getsockname())
        thread.join(5)


def test_addresses_of_both_kinds(resolver: DnsResolver) -> None:
    assert resolver.addresses("city.example", 5) == [
        ip_address("93.184.215.14"),
        ip_address("2606:2800:21f:cb07::1"),
    ]


def test_addresses_of_one_kind(resolver: DnsResolver) -> None:
    assert resolver.addresses("four.example", 5) == [ip_address("93.184.215.14")]


def test_address_of_a_name_that_is_not_there(resolver: DnsResolver) -> None:
    with pytest.raises(NameNotFound):
        resolver.addresses("gone.example", 5)


def test_txt_records_each_as_one_string(resolver: DnsResolver) -> None:
    """In whatever order: a set of records has none (RFC 2181, section 5)."""
    assert sorted(Fetcher(resolver=resolver).txt_records("city.example")) == ["kade=0123456789", "v=spf1 -all"]


@pytest.mark.parametrize("name", ["four.example", "gone.example"])
def test_txt_records_where_there_are_none(resolver: DnsResolver, name: str) -> None:
    assert resolver.txt_records(name, 5) == []


def test_name_server_that_is_silent(resolver: DnsResolver) -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow):
        resolver.txt_records("silent.example", 0.3)
    with pytest.raises(TooSlow):
        Fetcher(resolver=resolver, seconds=0.3).fetch("http://silent.example/", ["text/html"])
    assert time.monotonic() - began < 4  # left alone, it asks for 5 s


@pytest.mark.parametrize("name", ["broken.example", "a..b", "x" * 64 + ".example"])
def test_name_that_cannot_be_answered(resolver: DnsResolver, name: str) -> None:
    with pytest.raises(Unreachable):
        resolver.txt_records(name, 1)
