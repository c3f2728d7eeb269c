"""What templates can call. They see frozen page records: no query, no permission check, no `|safe`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup

from forum.kernel import keys, slots, text
from forum.kernel.access import current_actor

THEMES = ("light", "dark")


def install(app: Flask, *, dist: Path, site_name: str) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters["prose"] = text.present
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/dist/{manifest(dist).get(name, name)}",
        csrf_field=csrf_field,
        key_field=key_field,
        slot=slots.slot,
        site_name=site_name,
    )
    app.context_processor(_shared_names)


def _shared_names() -> dict[str, Any]:
    """Names in every template. A page that is shared by readers fills `viewer` and the theme later, in slots."""
    theme = request.cookies.get("theme", "")
    return {
        "language": str(get_locale()).replace("_", "-"),
        "theme": theme if theme in THEMES else "",
        "viewer": current_actor() if not slots.is_shared() else None,
    }


@lru_cache(maxsize=1)
def manifest(dist: Path) -> dict[str, str]:
    """Names of built files with their content hash, by plain name. Empty before the first front-end build."""
    path = dist / "manifest.json"
    names: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return names


def csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def key_field() -> Markup:
    """A fresh idempotency key: a refused form gets a new one, since the old one may belong to other words."""
    return Markup('<input type="hidden" name="idempotency_key" value="{}">').format(keys.fresh())
