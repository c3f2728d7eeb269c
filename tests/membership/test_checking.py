"""The worker looks for records and files, against name servers and web servers of the test's own."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dns.message
import dns.rrset
import pytest
from flask import Flask

from forum.kernel import outbound
from forum.kernel.ids import ProofId
from forum.kernel.outbound import DnsResolver, Fetcher
from forum.membership import checking, commands
from forum.membership.models import Method
from forum.membership.queries import DueProof, proofs_of
from tests.kernel.outbound.internet import PUBLIC, Answer, Names, Network, certificate, leads_to, says, server
from tests.membership.steps import applied, asker, done

LINE = "kade-verification=abc123"
DUE = DueProof(ProofId(1), Method.FILE, "stad.gent", "abc123")


class NameServer(socketserver.BaseRequestHandler):
    """Answers questions about TXT records of `records`."""

    records: dict[str, list[str]]

    def handle(self) -> None:
        packet, socket = self.request
        question = dns.message.from_wire(packet)
        name = question.question[0].name.to_text().rstrip(".")
        answer = dns.message.make_response(question)
        texts = [f'"{text}"' for text in self.records.get(name, [])]
        if texts:
            answer.answer.append(dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", *texts))
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def name_server(**records: list[str]) -> Iterator[DnsResolver]:
    handler = type(
        "Handler", (NameServer,), {"records": {key.replace("__", "."): found for key, found in records.items()}}
    )
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), handler) as served:
        thread = threading.Thread(target=served.serve_forever, daemon=True)
        thread.start()
        yield DnsResolver(("127.0.0.1",), served.server_address[1])
        served.shutdown()
        thread.join(5)


@contextmanager
def website(app: Flask, folder: Path, answer: Answer) -> Iterator[None]:
    """https://stad.gent/, with a certificate that is believed."""
    served, trusted = certificate(folder, "stad.gent")
    with server(answer, served) as port:
        names = Names(stad_gent=[[PUBLIC]], elsewhere_example=[[PUBLIC]])
        fetcher = Fetcher(resolver=names, dial=Network(port).dial, tls=trusted)
        before = app.extensions["outbound"]
        outbound.install(app, fetcher)
        yield
        outbound.install(app, before)


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ({"_kade__stad__gent": [LINE]}, ""),
        ({"stad__gent": ["v=spf1 -all", LINE]}, ""),
        ({"_kade__stad__gent": ["kade-verification=other"]}, "different"),
        ({"stad__gent": ["v=spf1 -all"]}, "missing"),
        ({"_kade__evil__example": [LINE]}, "missing"),
        ({}, "missing"),
    ],
)
def test_record_is_looked_for_at_the_label_and_at_the_domain(
    app: Flask, records: dict[str, list[str]], problem: str
) -> None:
    before = app.extensions["outbound"]
    with name_server(**records) as resolver:
        outbound.install(app, Fetcher(resolver=resolver))
        found = checking.look(DueProof(ProofId(1), Method.DNS, "stad.gent", "abc123"))
    outbound.install(app, before)
    assert found == problem


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (says(f"{LINE}\n".encode(), media_type="text/plain"), ""),
        (says(f"{LINE}4".encode(), media_type="text/plain"), "different"),
        (says(b"hello", media_type="text/plain"), "missing"),
        (says(b"", status="404 Not Found"), "missing"),
        (says(LINE.encode(), media_type="text/html"), "different"),
        (leads_to("https://elsewhere.example/"), "unreachable"),
        (says(b"x" * 2_000_000, media_type="text/plain"), "different"),
    ],
)
def test_file_is_looked_for_on_the_website(app: Flask, tmp_path: Path, answer: Answer, problem: str) -> None:
    with website(app, tmp_path, answer):
        assert checking.look(DUE) == problem


def test_domain_that_is_down_is_said_to_be(app: Flask) -> None:
    before = app.extensions["outbound"]
    outbound.install(app, Fetcher(resolver=Names(stad_gent=[["10.0.0.1"]])))
    found = checking.look(DUE)
    outbound.install(app, before)
    assert found == "unreachable"


def test_worker_proves_what_it_finds(app: Flask, tmp_path: Path) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.FILE)
    done(commands.ask_check, asker(request), proof.id)
    line = proofs_of(request.id)[0].line
    with website(app, tmp_path, says(line.encode(), media_type="text/plain")):
        checking.check_due()
    assert [(one.state, one.checks) for one in proofs_of(request.id)] == [("proven", False)]


def test_worker_says_what_it_did_not_find_and_looks_again(app: Flask, tmp_path: Path) -> None:
    request = applied(proofs=0)
    proof = done(commands.start_proof, asker(request), request.id, Method.FILE)
    done(commands.ask_check, asker(request), proof.id)
    with website(app, tmp_path, says(b"", status="404 Not Found")):
        checking.check_due()
    (found,) = proofs_of(request.id)
    assert (found.state, "wasn’t there" in str(found.problem), found.checks) == ("waiting", True, True)
