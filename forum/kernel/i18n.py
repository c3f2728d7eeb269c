"""Which language the interface speaks: the member's choice, else a cookie set by choice, else the browser's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from babel import negotiate_locale
from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from forum.kernel.access import current_actor

COOKIE = "language"
babel = Babel()


def _escaped(words: LazyString) -> Markup:
    return escape(str(words))


# As it comes, a lazy text says of itself that it is HTML, so that a name inside of one would be markup on the page.
LazyString.__html__ = _escaped


@lru_cache(maxsize=2000)
def negotiate(header: str, offered: tuple[str, ...]) -> str:
    """The best of `offered` for an Accept-Language header (RFC 9110 §12.5.4); the first where none fits."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag))
        except ValueError:
            continue
    tags = [tag for _, tag in sorted(wanted, key=lambda pair: pair[0])]
    best: str | None = negotiate_locale(tags, offered, sep="-")
    return best or offered[0]


def chosen(member_language: str | None, cookie: str | None, header: str, offered: Sequence[str]) -> str:
    for wish in (member_language, cookie):
        if wish and wish in offered:
            return wish
    return negotiate(header, tuple(offered))


def install(app: Flask, languages: Sequence[str]) -> None:
    def select() -> str:
        if not has_request_context():
            return languages[0]
        return chosen(
            current_actor().language,
            request.cookies.get(COOKIE),
            request.headers.get("Accept-Language", ""),
            languages,
        )

    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, default_locale=languages[0], locale_selector=select)
