"""Hostile answers, each from a server of our own: nothing is believed, nothing takes longer or more than allowed."""

from __future__ import annotations

import contextlib
import gzip
import resource
import socket
import ssl
import time
import zlib
from pathlib import Path

import pytest
from flask import Flask

from forum.kernel import outbound
from forum.kernel.outbound import (
    AddressRefused,
    BadStatus,
    CertificateRefused,
    Fetched,
    Fetcher,
    OutboundError,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    WrongType,
)
from tests.kernel.outbound.internet import (
    OTHER_PUBLIC,
    PUBLIC,
    Answer,
    Names,
    Network,
    certificate,
    drips,
    leads_to,
    says,
    server,
)

URL = "http://city.example/page?q=1"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fetched(answer: Answer, url: str = URL, seconds: float = 5, redirects: int = 3) -> Fetched:
    names = Names(city_example=[[PUBLIC]], other_example=[[OTHER_PUBLIC]])
    with server(answer) as port:
        fetcher = Fetcher("Kade (+http://localhost)", names, Network(port).dial, seconds=seconds)
        return fetcher.fetch(url, ["text/html", "text/plain"], redirects=redirects)


def in_turn(*answers: Answer) -> Answer:
    waiting = list(answers)

    def answer(connection: socket.socket, request: bytes) -> None:
        waiting.pop(0)(connection, request)

    return answer


def test_page_is_fetched() -> None:
    page = fetched(says("Ærø".encode("latin-1"), media_type="Text/HTML; charset=ISO-8859-1"))
    assert page == Fetched(URL, "text/html", "iso-8859-1", "Ærø".encode("latin-1"))
    assert page.text == "Ærø"


def test_request_is_honest_and_carries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    heard: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        heard.append(request)
        says(b"x", "Set-Cookie: a=b")(connection, request)

    fetched(answer)
    assert heard[0].decode().split("\r\n") == [
        *("GET /page?q=1 HTTP/1.1", "Host: city.example", "User-Agent: Kade (+http://localhost)"),
        *("Accept: text/html, text/plain", "Accept-Encoding: gzip", "Connection: close", "", ""),
    ]


@pytest.mark.parametrize("charset", ["klingon", "punycode", "idna", "zlib", ""])
def test_text_in_an_encoding_of_no_use(charset: str) -> None:
    assert Fetched(URL, "text/html", charset, "Ærø".encode()).text == "Ærø"


def test_redirect_is_followed() -> None:
    page = fetched(in_turn(leads_to("http://other.example/b"), leads_to("/c"), says(b"there")))
    assert (page.url, page.body) == ("http://other.example/c", b"there")


@pytest.mark.parametrize(
    ("place", "refusal"),
    [
        *((f"http://{host}/", PrivateAddress) for host in ("127.0.0.1", "169.254.169.254", "[::1]", "[fe80::1]")),
        *(("//10.0.0.1/", PrivateAddress), ("http://[::ffff:7f00:1]/", PrivateAddress)),
        *(("http://localhost/", AddressRefused), ("file:///etc/passwd", AddressRefused)),
        *(("http://city.example:22/", AddressRefused), ("http://a:b@city.example/", AddressRefused)),
    ],
)
def test_redirect_to_where_nobody_goes(place: str, refusal: type[OutboundError]) -> None:
    with pytest.raises(refusal):
        fetched(leads_to(place))


def test_redirects_without_end() -> None:
    with pytest.raises(TooManyRedirects):
        fetched(leads_to("/again"))
    with pytest.raises(TooManyRedirects):
        fetched(leads_to("/again"), redirects=0)


def test_redirect_to_a_name_that_changes_its_mind() -> None:
    names = Names(city_example=[[PUBLIC], ["127.0.0.1"]])
    with server(leads_to("/again")) as port, pytest.raises(PrivateAddress):
        Fetcher("Kade", names, Network(port).dial).fetch(URL, ["text/html"])


def test_connection_goes_to_the_vetted_address_however_the_name_changes() -> None:
    names, network = Names(city_example=[[PUBLIC], ["127.0.0.1"]]), Network(0)
    with server(says(b"x")) as port:
        network.ports = [port]
        Fetcher("Kade", names, network.dial).fetch(URL, ["text/html"])
    assert (names.asked, network.dialled) == (["city.example"], [(PUBLIC, 80)])


def test_second_address_where_the_first_is_dead() -> None:
    names = Names(city_example=[[PUBLIC, OTHER_PUBLIC]])
    with socket.create_server(("127.0.0.1", 0)) as gone:
        dead = gone.getsockname()[1]
    with server(says(b"x")) as port:
        network = Network(dead, port)
        Fetcher("Kade", names, network.dial).fetch(URL, ["text/html"])
    assert network.dialled == [(PUBLIC, 80), (OTHER_PUBLIC, 80)]


@pytest.mark.parametrize(
    "answer",
    [
        drips(b""),
        drips(HEAD, b"X-Slow: 1\r\n"),
        drips(HEAD + b"\r\n"),
        drips(HEAD + b"Content-Length: 900000\r\n\r\n"),
        drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drips(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x")[:10], b"\x00\x00\x00\xff\xff"),
        drips(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["status", "headers", "until closed", "length", "chunks", "empty blocks", "continue"],
)
def test_answer_that_drips(answer: Answer) -> None:
    began = time.monotonic()
    with pytest.raises((TooSlow, Unreachable)):  # the standard library gives up at the hundredth header
        fetched(answer, seconds=0.4)
    assert time.monotonic() - began < 10  # it drips for 20 s


def test_redirects_share_one_deadline() -> None:
    def slowly(connection: socket.socket, request: bytes) -> None:
        connection.settimeout(0.25)
        with contextlib.suppress(TimeoutError):
            connection.recv(1)
        leads_to("/again")(connection, request)

    with pytest.raises(TooSlow):
        fetched(slowly, seconds=0.6)


def _wait_for(connection: socket.socket) -> None:
    connection.recv(1)


def test_tls_that_never_begins() -> None:
    with pytest.raises(TooSlow):
        fetched(lambda connection, _request: _wait_for(connection), "https://city.example/", seconds=0.4)


def _gzip_header(body: bytes, encoding: str = "gzip") -> Answer:
    return says(body, f"Content-Encoding: {encoding}")


BOMB = gzip.compress(b"\0" * 60_000_000, compresslevel=9)


@pytest.mark.parametrize(
    "answer",
    [
        says(b"x" * 1_000_001),
        _gzip_header(BOMB),
        _gzip_header(zlib.compress(b"\0" * 5_000_000), "deflate"),
        drips(HEAD + b"\r\n", b"x" * 100_000),
    ],
    ids=["plain", "gzip", "deflate", "endless"],
)
def test_answer_that_is_huge(answer: Answer) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge):
        fetched(answer)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_answer_of_just_the_limit() -> None:
    assert len(fetched(_gzip_header(gzip.compress(b"x" * 1_000_000))).body) == 1_000_000


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip,gzip,gzip,gzip", "x-unknown"])
def test_compression_that_is_refused(encoding: str) -> None:
    with pytest.raises(WrongType):
        fetched(_gzip_header(gzip.compress(BOMB), encoding))


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html2", "image/svg+xml", "", "x"])
def test_media_type_that_was_not_asked_for(media_type: str) -> None:
    with pytest.raises(WrongType):
        fetched(says(b"x", media_type=media_type))


@pytest.mark.parametrize("status", ["204 No Content", "206 Partial", "304 Not Modified", "404 Not Found", "500 Oh"])
def test_status_that_is_no_answer(status: str) -> None:
    with pytest.raises(BadStatus) as refusal:
        fetched(says(b"", status=status))
    assert refusal.value.status == int(status[:3])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 two hundred\r\n\r\n",
        b"\xff\xfe" * 5000,
        HEAD + b"Content-Length: 50\r\n\r\nshort",
        HEAD + b"Content-Length: 3, 5\r\n\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        HEAD + b"Content-Encoding: gzip\r\n\r\nnot gzip at all",
    ],
)
def test_answer_that_is_no_http(raw: bytes) -> None:
    with pytest.raises(Unreachable):
        fetched(lambda connection, _request: connection.sendall(raw))


def _secure(folder: Path, served_as: str, *, trusted: bool = True) -> Fetched:
    ours, theirs = certificate(folder, served_as)
    names = Names(city_example=[[PUBLIC]])
    with server(says(b"secret"), tls=ours) as port:
        tls = theirs if trusted else ssl.create_default_context()
        fetcher = Fetcher("Kade", names, Network(port).dial, tls)
        return fetcher.fetch("https://city.example/", ["text/html"])


def test_https_by_the_name_though_the_address_is_pinned(tmp_path: Path) -> None:
    assert _secure(tmp_path, "city.example").body == b"secret"


def test_certificate_for_another_name(tmp_path: Path) -> None:
    with pytest.raises(CertificateRefused):
        _secure(tmp_path, "other.example")


def test_certificate_that_nobody_signed(tmp_path: Path) -> None:
    with pytest.raises(CertificateRefused):
        _secure(tmp_path, "city.example", trusted=False)


def test_https_never_leads_back_to_http(tmp_path: Path) -> None:
    ours, theirs = certificate(tmp_path, "city.example")
    names = Names(city_example=[[PUBLIC]])
    with server(leads_to("http://city.example/"), tls=ours) as port, pytest.raises(AddressRefused):
        Fetcher("Kade", names, Network(port).dial, tls=theirs).fetch("https://city.example/", ["text/html"])


def test_request_may_not_wait_for_others(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(RuntimeError):
        outbound.fetch(URL, ["text/html"])


def test_application_has_a_way_out(app: Flask) -> None:
    with pytest.raises(AddressRefused):
        outbound.fetch("http://localhost/", ["text/html"])
