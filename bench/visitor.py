"""A member with a browser's manners: signs in, reads forms, posts comments."""

from __future__ import annotations

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from http.cookiejar import CookieJar

from bench.client import Connection, Target

FIELD = re.compile(r'name="(csrf_token|idempotency_key)" value="([^"]*)"')


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A 303 is the answer that's measured; where it leads is another request."""


class Visitor:
    def __init__(self, port: int) -> None:
        self.port = port
        self.base = f"http://localhost:{port}"
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar)).open

    def get(self, path: str) -> str:
        with self.open(self.base + path, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def post(self, path: str, fields: dict[str, str]) -> int:
        data = urllib.parse.urlencode(fields).encode()
        try:
            with self.open(self.base + path, data, timeout=30) as answer:
                status: int = answer.status
                return status
        except urllib.error.HTTPError as error:
            return error.code

    def sign_in(self, username: str, password: str) -> None:
        fields = dict(FIELD.findall(self.get("/sign-in")))
        status = self.post("/sign-in", {**fields, "username": username, "password": password})
        if status != 303:
            raise RuntimeError(f"bench: could not sign in as {username}: {status}")

    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.jar)

    def comment(self, path: str, words: str) -> None:
        """Raises RuntimeError where it isn't taken."""
        list(self.comments(path, [words]))

    def comments(self, path: str, words: Iterable[str]) -> Iterator[float]:
        """Post comments one after the other, as they are asked for; the seconds each took."""
        csrf = dict(FIELD.findall(self.get(path)))["csrf_token"]
        address = "/".join(path.split("/")[:3]) + "/comments"
        target = Target(self.port, address, (("Cookie", self.cookie()),))
        connection = Connection(target)
        for body in words:
            said = {"parent_id": "", "on_behalf_of": "", "language": "en", "body": body}
            key = f"bench-{time.monotonic_ns()}"
            request = target.form({"csrf_token": csrf, "idempotency_key": key, **said})
            begin = time.perf_counter()
            status, _ = connection.ask(request)
            yield time.perf_counter() - begin
            if status != 303:
                raise RuntimeError(f"bench: a comment was answered {status}")
        connection.close()
