"""What templates can call. They see frozen page records: no query, no permission check, no `|safe`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from babel import Locale
from flask import Flask, current_app, request
from flask_babel import format_decimal, get_locale
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from forum.kernel import access, keys, slots, text

THEMES = ("light", "dark")
_stand_ins: ContextVar[tuple[str, str] | None] = ContextVar("stand_ins", default=None)


def install(app: Flask, *, dist: Path, site_name: str, base_url: str) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(prose=text.present, excerpt=text.excerpt, json=as_json, number=number)
    app.jinja_env.globals["ngettext"] = _with_number(cast(Callable[..., str], app.jinja_env.globals["ngettext"]))
    app.jinja_env.globals.update(
        asset=lambda name: f"/static/dist/{manifest(dist).get(name, name)}",
        csrf_field=csrf_field,
        factor_due=access.factor_due,
        key_field=key_field,
        slot=slots.slot,
        absolute=lambda path: base_url + path,
        offers=lambda endpoint: endpoint in current_app.view_functions,
        site_name=site_name,
    )
    app.context_processor(_shared_names)


def _shared_names() -> dict[str, Any]:
    """Names in every template. What differs by viewer is in slots."""
    theme = request.cookies.get("theme", "")
    return {
        "language": str(get_locale()).replace("_", "-"),
        "theme": theme if theme in THEMES else "",
        "languages": _languages(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
    }


def _languages() -> tuple[tuple[str, str], ...]:
    """Languages of the interface, each with its own name for itself."""
    return tuple((code, _own_name(code)) for code in current_app.extensions["settings"].languages)


@lru_cache(maxsize=100)
def _own_name(code: str) -> str:
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[:1].upper() + name[1:]


def number(count: int | str) -> str:
    """As the reader's language groups its digits; small ones are left as they are, since nothing is grouped there."""
    if isinstance(count, str) or -1000 < count < 1000:
        return str(count)
    written: str = format_decimal(count)
    return written


def _with_number(ngettext: Callable[..., str]) -> Callable[..., str]:
    """In `%(num)s comments`, too."""

    @pass_context
    def with_number(context: Context, singular: str, plural: str, count: int, /, **variables: Any) -> str:
        if variables.get("num", count) == count:
            variables["num"] = number(count)
        return ngettext(context, singular, plural, count, **variables)

    return with_number


def as_json(value: Any) -> Markup:
    """For a data block in a page: nothing in it ends the block, or begins a comment or another one (HTML §4.12.1.3)."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for mark in "<>&\u2028\u2029":
        written = written.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(written)  # noqa: S704  # holds no mark of HTML any more


@lru_cache(maxsize=1)
def manifest(dist: Path) -> dict[str, str]:
    """Names of built files with their content hash, by plain name. Empty before the first front-end build."""
    path = dist / "manifest.json"
    names: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return names


@contextmanager
def stand_ins(csrf: str, key: str) -> Iterator[None]:
    """Within, forms are drawn with these in place of a token and a key: for HTML that is kept and filled later."""
    token = _stand_ins.set((csrf, key))
    try:
        yield
    finally:
        _stand_ins.reset(token)


def csrf_field() -> Markup:
    given = _stand_ins.get()
    token = given[0] if given else generate_csrf()
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)


def key_field() -> Markup:
    """A fresh idempotency key: a refused form gets a new one, since the old one may belong to other words."""
    given = _stand_ins.get()
    key = given[1] if given else keys.fresh()
    return Markup('<input type="hidden" name="idempotency_key" value="{}">').format(key)
