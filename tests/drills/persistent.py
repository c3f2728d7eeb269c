"""A member who sends each comment until it is answered 303, with the same key each time."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar

from tests.drills.site import Drilled

FIELD = re.compile(r'name="(csrf_token|idempotency_key)" value="([^"]*)"')
PATIENCE_S = 120
PAUSE_S = 0.1


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A 303 is the answer."""


class Persistent:
    """`statuses` counts every answer; 0 is none at all."""

    def __init__(self, drilled: Drilled) -> None:
        self.base, self.post = drilled.site.address, drilled.post
        self.statuses: Counter[int] = Counter()
        self.jar = CookieJar()
        self.open = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.jar)).open
        self._sign_in(drilled.username, drilled.password)
        self.token = dict(FIELD.findall(self._text(self.post)))["csrf_token"]

    def say(self, words: str) -> None:
        """Returns once it is answered 303. Raises AssertionError when that takes longer than PATIENCE_S."""
        path = "/".join(self.post.split("/")[:3]) + "/comments"
        fields = self.fields(words, words)
        end = time.monotonic() + PATIENCE_S
        while (status := self._send(path, fields)) != 303:
            assert time.monotonic() < end, f"{words!r} was never taken: {dict(self.statuses)}"
            assert status in {0, 502, 503}, f"{words!r} was answered {status}"
            time.sleep(PAUSE_S)

    def fields(self, key: str, words: str) -> dict[str, str]:
        return {"csrf_token": self.token, "idempotency_key": key, "body": words, "parent_id": "", "language": "en"}

    def forget(self) -> None:
        """Be nobody from now on."""
        self.jar.clear()

    def read(self) -> int:
        """The status of the post's page."""
        try:
            with self.open(self.base + self.post, timeout=30) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        return status

    def _sign_in(self, username: str, password: str) -> None:
        fields = dict(FIELD.findall(self._text("/sign-in")))
        assert self._send("/sign-in", {**fields, "username": username, "password": password}) == 303

    def _text(self, path: str) -> str:
        with self.open(self.base + path, timeout=30) as answer:
            return str(answer.read().decode())

    def _send(self, path: str, fields: dict[str, str]) -> int:
        try:
            with self.open(self.base + path, urllib.parse.urlencode(fields).encode(), timeout=30) as answer:
                status: int = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except (OSError, http.client.HTTPException):
            status = 0
        self.statuses[status] += 1
        return status


def all_say(people: Sequence[Persistent], comments: int) -> Counter[int]:
    """`comments` different ones, shared out among `people` at once; every status that was answered."""

    def work(number: int) -> None:
        for turn in range(number, comments, len(people)):
            people[number].say(f"drill {turn:05d}")

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(work, range(len(people))))
    return sum((one.statuses for one in people), Counter())
