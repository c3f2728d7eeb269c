"""A small Internet inside the test: names of our choosing, and servers on 127.0.0.1 that stand for public addresses."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from forum.kernel.outbound import Address, NameNotFound

PUBLIC = "93.184.215.14"
OTHER_PUBLIC = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

# What a server does with a connection whose request has been read.
Answer = Callable[[socket.socket, bytes], None]


class Names:
    """Answers by name; each call takes the next of a name's answers, and the last one stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): found for name, found in answers.items()}
        self.asked: list[str] = []

    def addresses(self, name: str, seconds: float) -> list[Address]:
        self.asked.append(name)
        if name not in self.answers:
            raise NameNotFound(name)
        found = self.answers[name]
        return [ip_address(text) for text in (found.pop(0) if len(found) > 1 else found[0])]

    def txt_records(self, name: str, seconds: float) -> list[str]:
        return []


class Network:
    """Connects public addresses to servers on this machine, and remembers what was dialled."""

    def __init__(self, *ports: int) -> None:
        self.ports = list(ports)
        self.dialled: list[tuple[str, int]] = []

    def dial(self, address: Address, port: int, seconds: float) -> socket.socket:
        self.dialled.append((str(address), port))
        local = self.ports.pop(0) if len(self.ports) > 1 else self.ports[0]
        return socket.create_connection(("127.0.0.1", local), timeout=seconds)


@contextlib.contextmanager
def server(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on 127.0.0.1 that treats each connection with `answer`; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listener, answer, tls), daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _serve(listener: socket.socket, answer: Answer, tls: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _peer = listener.accept()
        except OSError:
            return
        with connection, contextlib.suppress(OSError):
            connection.settimeout(5)
            with tls.wrap_socket(connection, server_side=True) if tls else connection as spoken:
                answer(spoken, spoken.recv(65536))


def says(body: bytes, *headers: str, status: str = "200 OK", media_type: str = "text/html") -> Answer:
    """An ordinary answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
    whole = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return lambda connection, _request: connection.sendall(whole)


def leads_to(url: str) -> Answer:
    return says(b"", f"Location: {url}", status="302 Found")


def drips(start: bytes, drop: bytes = b"x") -> Answer:
    """A byte every now and then, for as long as anyone listens: each single read is quick enough."""

    def answer(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(start)
        pause = threading.Event()
        for _ in range(2000):
            connection.sendall(drop)
            pause.wait(0.01)

    return answer


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server that is `name`, and for a visitor who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path.write_bytes(signed.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(path)
    return served, ssl.create_default_context(cafile=str(path))
