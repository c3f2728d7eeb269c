"""Static files: built with a hash of their content in the name, so that a browser may keep them for ever."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from forum.kernel import guard

PREFIX = "static/dist/"


def install(app: Flask, *, dist: Path, https: bool) -> None:
    """Serve the front-end build before the application begins."""
    fixed = guard.headers(https=https)

    def add_headers(headers: object, _path: str, _url: str) -> None:
        for name, value in fixed:
            headers[name] = value  # type: ignore[index]  # a wsgiref Headers

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's way of adding middleware
        app.wsgi_app, root=str(dist), prefix=PREFIX, immutable_file_test=_is_hashed, add_headers_function=add_headers
    )


def _is_hashed(_path: str, url: str) -> bool:
    """Every built file but the manifest carries a hash in its name."""
    return not url.endswith(".json")
