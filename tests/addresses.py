"""Every address that can be read, taken from the application itself: a new one is in by default."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from flask import Flask
from werkzeug.routing import Rule


def readable(app: Flask, values: Mapping[str, str], but: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Endpoint and path of each GET. `values` are what stands in addresses by name, 1 where it says nothing; a slug is
    called by the first part of its address (`topics`). `but` are endpoints to leave out.
    """
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in {"static", *but}:
            yield rule.endpoint, _path(rule, values)


def _path(rule: Rule, values: Mapping[str, str]) -> str:
    first = rule.rule.split("/")[1]
    parts = []
    for is_dynamic, part in rule._trace:  # as werkzeug's own build() does
        name = first if is_dynamic and part == "slug" else part
        parts.append(values.get(name, "1") if is_dynamic else part)
    return "".join(parts).lstrip("|")
