"""What a Cookie header says, checked once and kept: unpacking a signed cookie costs more than a reused page."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

KEPT = 5000
LONGEST = 4096


@dataclass(frozen=True)
class Visit:
    """A browser: `token` of its session or '', `csrf` for its forms, and what it chose by cookie."""

    header: str = ""
    token: str = ""
    csrf: str = ""
    language: str = ""
    theme: str = ""
    member_language: str | None = None


NEWCOMER = Visit()


class Cookies:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.name = app.config["SESSION_COOKIE_NAME"]
        self._kept: OrderedDict[str, Visit] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, header: str) -> Visit | None:
        """The visit of a Cookie header; None for one that is too long to keep."""
        if not header:
            return NEWCOMER
        if len(header) > LONGEST:
            return None
        with self._lock:
            found = self._kept.get(header)
        return found or self._keep(self._unpack(header))

    def is_new_language(self, visit: Visit, language: str | None) -> bool:
        """Whether the member chose another language since; the next request knows."""
        if visit.member_language == language:
            return False
        self._keep(replace(visit, member_language=language))
        return True

    def _keep(self, visit: Visit) -> Visit:
        with self._lock:
            self._kept[visit.header] = visit
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return visit

    def _unpack(self, header: str) -> Visit:
        pairs = (part.strip().partition("=") for part in header.split(";"))
        values = {name: value for name, _, value in pairs}
        visit = Visit(header=header, language=values.get("language", ""), theme=values.get("theme", ""))
        if self.name not in values:
            return visit
        with self.app.test_request_context(headers={"Cookie": header}, base_url=self._base()):
            token = str(session.get("_user_id", ""))
            csrf = generate_csrf() if "csrf_token" in session else ""
        return replace(visit, token=token, csrf=csrf)

    def _base(self) -> str:
        base: str = self.app.extensions["settings"].base_url
        return base
