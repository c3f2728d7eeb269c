"""Limit A: what this machine can do with Flask at all. `?bytes=N` sets the size of its constant page."""

from __future__ import annotations

from flask import Flask, request

application = Flask(__name__)
pages: dict[int, str] = {}


@application.get("/")
def page() -> str:
    size = request.args.get("bytes", 40_000, type=int)
    if size not in pages:
        pages[size] = "<p>x</p>" * (size // 8)
    return pages[size]
