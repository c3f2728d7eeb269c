"""Where Kade doesn't go: every form of an address that isn't public, and every way to write one."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from forum.kernel.outbound import AddressRefused, Fetcher, NameNotFound, PrivateAddress, is_public
from forum.kernel.outbound.addresses import parse
from tests.kernel.outbound.internet import OTHER_PUBLIC, PUBLIC, Names, Network

NOT_PUBLIC = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.170", "192.0.2.1", "192.88.99.1"),
    *("192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:93.184.215.14", "::ffff:0:127.0.0.1"),
    *("64:ff9b::7f00:1", "64:ff9b::5db8:d70e", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:53aa:64c::1"),
    *("2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:5db8:d70e::1", "3fff::1"),
    *("5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:2800::1%eth0", "fec0::1", "ff02::1"),
]
REFUSED = [
    *("ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org/", "example.org", ""),
    *("http://", "http:///path", "http://localhost/", "http://intranet/", "http://2130706433/", "http://0x7f000001/"),
    *("http://0x7f.1/", "http://127.1/", "http://0177.0.0.1/", "http://１２７.1/", "http://example.org\\@10.0.0.1/"),
    *("http://user@example.org/", "http://user:secret@example.org/", "http://:@example.org/"),
    *("http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/", "http://example.org/\r\nX: y"),
    *("http://example.org/\x00", "http://[::1", "http://[v1.x]/", "http://exam%70le.org/", "http://a..b/"),
    "http://example.org/" + "x" * 2000,
]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_address_that_is_not_public(text: str) -> None:
    assert is_public(ip_address(text)) is False


@pytest.mark.parametrize("text", [PUBLIC, OTHER_PUBLIC, "1.1.1.1", "2a00:1450:400e::1", "193.0.14.129"])
def test_address_that_is_public(text: str) -> None:
    assert is_public(ip_address(text)) is True


@pytest.mark.parametrize("text", [text for text in NOT_PUBLIC if "%" not in text])
def test_name_that_leads_to_an_address_that_is_not_public(text: str) -> None:
    names, network = Names(city_example=[[PUBLIC, text]]), Network(1)
    with pytest.raises(PrivateAddress):
        Fetcher(resolver=names, dial=network.dial).fetch("http://city.example/", ["text/html"])
    assert network.dialled == []


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_number_that_is_not_public(text: str) -> None:
    host = f"[{text}]" if ":" in text else text
    network = Network(1)
    with pytest.raises(AddressRefused):
        Fetcher(resolver=Names(), dial=network.dial).fetch(f"http://{host}/", ["text/html"])
    assert network.dialled == []


@pytest.mark.parametrize("url", REFUSED)
def test_url_that_is_refused(url: str) -> None:
    names, network = Names(), Network(1)
    with pytest.raises(AddressRefused):
        Fetcher(resolver=names, dial=network.dial).fetch(url, ["text/html"])
    assert (names.asked, network.dialled) == ([], [])


@pytest.mark.parametrize("port", [22, 25, 6379, 8080, 0])
def test_port_that_is_refused(port: int) -> None:
    with pytest.raises(AddressRefused):
        Fetcher(resolver=Names(city_example=[[PUBLIC]])).fetch(f"http://city.example:{port}/", ["text/html"])


def test_name_that_nobody_knows() -> None:
    with pytest.raises(NameNotFound):
        Fetcher(resolver=Names()).fetch("http://city.example/", ["text/html"])


def test_parts_of_a_url() -> None:
    target = parse("https://Bücher.Example.:443/Pfad/ü?q=a b".replace(" ", "%20"))
    assert (target.host, target.port, target.authority) == ("xn--bcher-kva.example", 443, "xn--bcher-kva.example")
    assert target.path == "/Pfad/%C3%BC?q=a%20b"
