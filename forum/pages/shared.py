"""Shared pages as the application answers them: made when the front door has none, and filled for the viewer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from forum.config import Settings
from forum.kernel import clock, guard, outages, slots, versions
from forum.kernel.access import Actor, current_actor
from forum.kernel.db import db, snapshot
from forum.pages import viewers
from forum.pages.cookies import Cookies
from forum.pages.fills import FILLS, Filler
from forum.pages.front import Front, Parts
from forum.pages.made import Made
from forum.pages.reader import reader_for
from forum.pages.replies import reply
from forum.pages.store import MAX_AGE_S, Ask, Finished, Shown
from forum.pages.viewers import Viewer
from forum.pages.waiting import waiting_pieces

log = structlog.get_logger()


def install(app: Flask, hosts: tuple[str, ...]) -> None:
    """Put the front door before the application, and let its templates fill slots."""
    settings: Settings = app.extensions["settings"]
    parts = Parts(reader_for(settings.database_url), Filler(app), Cookies(app), settings.languages)
    parts.hosts = frozenset(hosts)
    parts.headers = guard.headers(https=settings.is_https)
    app.extensions["shared_pages"] = parts
    app.extensions["fill_slot"] = fill_now
    app.wsgi_app = Front(app.wsgi_app, parts)  # type: ignore[method-assign]  # Flask's way of adding middleware


def _parts() -> Parts:
    return cast(Parts, current_app.extensions["shared_pages"])


def answer(make: Callable[[], Made]) -> Response:
    """The shared page of this request, made by `make` unless a finished one is still true."""
    parts, language = _parts(), str(get_locale())
    ask = parts.ask(request.environ, language, request.cookies.get("theme", ""), language)
    finished = _still_true(ask) or _finish(ask, make)
    return _answer(finished, ask)


def private(make: Callable[[], Made]) -> Response:
    """The same page for this viewer only; it's never kept."""
    language = str(get_locale())
    ask = _parts().ask(request.environ, language, request.cookies.get("theme", ""), language)
    return _answer(_finish(ask, make, keep=False), ask)


def _still_true(ask: Ask) -> Finished | None:
    found = _parts().store.find(ask)
    if found is None or time.monotonic() - found.made_at > MAX_AGE_S:
        return None
    return found if _parts().reader.version(found.keys) == found.version else None


def _finish(ask: Ask, make: Callable[[], Made], *, keep: bool = True) -> Finished:
    """Render a page. Content and versions come from one snapshot, so neither can be newer than the other."""
    parts = _parts()
    with snapshot():
        made = make()
        version = versions.total(made.keys)
    with slots.shared():
        page = slots.cut(render_template(made.template, here=_back(ask), **made.context))
    filling = parts.filler.filling(None, made.shown, ask.language, _back(ask))
    finished = Finished(
        keys=made.keys,
        version=version,
        page=page,
        shown=made.shown,
        made_at=time.monotonic(),
        anonymous=page.fill(FILLS, filling),
        content_type=made.content_type,
    )
    finished.dated(int(clock.now().timestamp()), parts.store.find(ask))
    if keep:
        parts.store.put(ask, finished)
    return finished


def _answer(finished: Finished, ask: Ask) -> Response:
    viewer = _viewer(finished)
    filling = _parts().filler.filling(viewer, finished.shown, ask.language, _back(ask))
    filling = replace(filling, waiting=waiting_pieces(viewer, finished.shown))
    built = reply(finished, filling, request.environ)
    return Response(built.body, built.status, list(built.headers))


def _viewer(finished: Finished) -> Viewer | None:
    actor = current_actor()
    if actor.is_anonymous:
        return None
    rows = _parts().reader.viewer(finished.keys, actor.session, finished.shown).rows
    return viewers.of_rows(rows, _csrf())


def _csrf() -> str:
    """This session's signed token; makes one where the cookie has none."""
    token: str = generate_csrf()
    return token


def _back(ask: Ask) -> str:
    return f"{ask.path}?{ask.query}" if ask.query else ask.path


def _viewer_of_plain_page(actor: Actor) -> Viewer | None:
    """With the badge, in the one statement that asks for it. An error's page must not depend on it.

    On the request's own connection: the application holds one already, and another for each thread would be too many.
    """
    csrf = _csrf()
    try:
        statement, values = _parts().reader.question(("site",), actor.session, Shown())
        rows = db.session.connection().exec_driver_sql(statement, tuple(values)).fetchall()
        return viewers.of_rows(rows[1:], csrf)
    except Exception:
        db.session.rollback()
        log.exception("viewer_not_read")
        return viewers.of_actor(actor, csrf)


def fill_now(name: str, number: int) -> str:
    """Fills a slot of a page that isn't shared: forms and settings, which show no marks. Without the database a member
    can't be told from others, and isn't asked to sign in.
    """
    if outages.is_noted():
        return ""
    if "filling" not in g:
        actor = current_actor()
        viewer = _viewer_of_plain_page(actor) if actor.is_authenticated else None
        back = request.full_path.rstrip("?") if request.method == "GET" else "/"
        g.filling = _parts().filler.filling(viewer, Shown(), str(get_locale()), back)
    return FILLS[name](g.filling, number)
