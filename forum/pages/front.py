"""The front door: answers shared pages before Flask begins, when a finished one is at hand and still true.

Not a line of this knows what a page shows. Whatever it can't answer for certain goes through to the application: an
unknown host, a page not yet made, a changed version, a session without a token, a member with waiting comments.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from forum.kernel import i18n
from forum.kernel.errors import Busy
from forum.pages import live
from forum.pages.cookies import Cookies
from forum.pages.fills import Filler
from forum.pages.live import Told
from forum.pages.reader import PlainReader
from forum.pages.replies import Reply, reply
from forum.pages.store import MAX_AGE_S, Ask, Finished, Store
from forum.pages.viewers import Viewer, of_rows

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PARAMETERS = {"sort", "after", "before", "last", "branch", "tab"}
STATUS = {200: "200 OK", 304: "304 Not Modified", 404: "404 Not Found"}
HEALTH = [("Content-Type", "text/plain"), ("Content-Length", "3"), ("Cache-Control", "no-store")]
THEMES = {"light", "dark"}


class Front:
    """WSGI middleware around the application."""

    def __init__(self, app: WSGIApplication, parts: Parts) -> None:
        self.app = app
        self.parts = parts

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/healthz":
            return self._healthz(start_response)
        try:
            told = self._live(environ)
            if told is not None:
                return self._tell(told, start_response)
            answer = self._find(environ) if environ["REQUEST_METHOD"] in {"GET", "HEAD"} else None
        except Busy:
            answer = None  # the application says so, on a page
        if answer is None:
            return self.app(environ, start_response)
        headers = [*answer.headers, *self.parts.headers, ("Content-Length", str(len(answer.body)))]
        start_response(STATUS[answer.status], headers if answer.status == 200 else headers[:-1])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def _live(self, environ: WSGIEnvironment) -> Told | None:
        ask = live.asked(environ) if environ["REQUEST_METHOD"] == "GET" else None
        if ask is None or _host(environ) not in self.parts.hosts:
            return None
        visit = self.parts.cookies.read(environ.get("HTTP_COOKIE", ""))
        token = visit.token if visit is not None else ""
        return live.tell(self.parts.reader, ask, token, environ.get("HTTP_IF_NONE_MATCH", ""))

    def _tell(self, told: Told, start_response: StartResponse) -> Iterable[bytes]:
        headers = [("ETag", told.etag), ("Cache-Control", "private, no-cache"), *self.parts.headers]
        if told.status != 304:
            headers += [live.TYPE, ("Content-Length", str(len(told.body)))]
        start_response(STATUS[told.status], headers)
        return [told.body]

    def _healthz(self, start_response: StartResponse) -> Iterable[bytes]:
        """The process answers, whatever host it was asked for."""
        start_response("200 OK", [*HEALTH, *self.parts.headers])
        return [b"ok\n"]

    def _find(self, environ: WSGIEnvironment) -> Reply | None:
        parts = self.parts
        if _host(environ) not in parts.hosts:
            return None
        visit = parts.cookies.read(environ.get("HTTP_COOKIE", ""))
        if visit is None:
            return None
        ask = parts.ask(environ, visit.language, visit.theme, visit.member_language)
        finished = parts.store.find(ask)
        if finished is None or time.monotonic() - finished.made_at > MAX_AGE_S:
            return None
        viewer: Viewer | None = None
        if visit.token:
            answer = parts.reader.viewer(finished.keys, visit.token, finished.shown)
            version, viewer = answer.version, of_rows(answer.rows, visit.csrf)
            if viewer and (viewer.waiting or not visit.csrf or parts.cookies.is_new_language(visit, viewer.language)):
                return None
        else:
            version = parts.reader.version(finished.keys)
        return self._reply(environ, ask, finished, viewer) if version == finished.version else None

    def _reply(self, environ: WSGIEnvironment, ask: Ask, finished: Finished, viewer: Viewer | None) -> Reply:
        back = f"{ask.path}?{ask.query}" if ask.query else ask.path
        return reply(finished, self.parts.filler.filling(viewer, finished.shown, ask.language, back), environ)


class Parts:
    """What the front door and the application's own views of shared pages have in common."""

    def __init__(self, reader: PlainReader, filler: Filler, cookies: Cookies, languages: tuple[str, ...]) -> None:
        self.store = Store()
        self.reader = reader
        self.filler = filler
        self.cookies = cookies
        self.languages = languages
        self.hosts: frozenset[str] = frozenset()
        self.headers: tuple[tuple[str, str], ...] = ()

    def ask(self, environ: WSGIEnvironment, language: str, theme: str, member_language: str | None) -> Ask:
        accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return Ask(
            path=environ.get("PATH_INFO", "/"),
            query=query_of(environ.get("QUERY_STRING", "")),
            language=i18n.chosen(member_language, language, accepted, self.languages),
            theme=theme if theme in THEMES else "",
        )


def query_of(text: str) -> str:
    """The parameters that choose a page, in a fixed order; others don't make another page of it."""
    if not text:
        return ""
    pairs = parse_qsl(text[:500], keep_blank_values=False)
    return urlencode(sorted((name, value) for name, value in pairs if name in PARAMETERS))


def _host(environ: WSGIEnvironment) -> str:
    host: str = environ.get("HTTP_HOST", "").lower()
    return host if host.endswith("]") else host.rpartition(":")[0] or host
