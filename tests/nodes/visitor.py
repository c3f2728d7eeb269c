"""A browser without scripts in front of several servers that are to be one: each request goes to the next of them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from itertools import cycle
from typing import Any
from urllib.parse import urlencode, urlsplit

from urllib3 import encode_multipart_formdata

from tests.web import Page, Values


@dataclass(frozen=True)
class Reply:
    """What tests.web.Page asks of an answer."""

    status_code: int
    headers: Message
    data: bytes

    def get_data(self, *, as_text: bool) -> str | bytes:
        return self.data.decode() if as_text else self.data

    def get_json(self) -> Any:
        return json.loads(self.data)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


class Visitor:
    """Cookies know no ports, so that servers of one machine share them as nodes behind one name do."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.next: Iterator[str] = cycle(addresses)
        self.opener = urllib.request.build_opener(_NoRedirects, urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, at: str = "") -> Page:
        return self._ask(urllib.request.Request(f"{at or next(self.next)}{path}"), path)

    def post(self, path: str, fields: Mapping[str, Values], at: str = "") -> Page:
        data = urlencode(dict(fields), doseq=True).encode()
        return self._ask(urllib.request.Request(f"{at or next(self.next)}{path}", data), path)

    def submit(self, on: str | Page, action: str, **fields: Values) -> Page:
        """Fill in the form of a page; what is sent goes to another server than the one that made the page."""
        page = self.get(on) if isinstance(on, str) else on
        return self.post(action, {**page.form(action), **fields})

    def follow(self, page: Page) -> Page:
        place = urlsplit(page.response.headers["Location"])
        return self.get(f"{place.path}?{place.query}" if place.query else place.path)

    def upload(self, path: str, fields: Mapping[str, Any]) -> Page:
        data, kind = encode_multipart_formdata(fields)
        return self._ask(urllib.request.Request(f"{next(self.next)}{path}", data, {"Content-Type": kind}), path)

    def _ask(self, request: urllib.request.Request, path: str) -> Page:
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(Reply(answer.status, answer.headers, answer.read()), path)  # type: ignore[arg-type]  # enough of one
