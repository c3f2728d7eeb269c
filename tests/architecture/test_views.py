"""Every view declares who may call it, and every address stands in routes.txt, where a reviewer sees it come and go."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

# Addresses are the same on every database.
pytestmark = pytest.mark.parametrize("installed", ["sqlite"], indirect=True, scope="session")

ROUTES = Path(__file__).with_name("routes.txt")
AUTOMATIC = {"HEAD", "OPTIONS"}  # Flask answers these by itself
UPDATE = "Addresses changed. If that is meant: make routes"


def test_views_declare_who_may_call_them(app: Flask) -> None:
    bare = [endpoint for endpoint in app.view_functions if not _access(app, endpoint)]
    assert bare == []


def test_routes_stand_in_the_list(app: Flask) -> None:
    listed = "".join(f"{line}\n" for line in sorted(_line(app, rule) for rule in app.url_map.iter_rules()))
    if os.environ.get("UPDATE_ROUTES"):
        ROUTES.write_text(listed, encoding="utf-8")
    assert ROUTES.read_text(encoding="utf-8").splitlines() == listed.splitlines(), UPDATE


def test_routes_take_only_what_a_form_or_a_link_can_send(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods - AUTOMATIC - {"GET", "POST"} == set()


def _line(app: Flask, rule: Rule) -> str:
    """`/posts/<int:post_id>  GET,POST  public  posts.show`"""
    methods = ",".join(sorted((rule.methods or set()) - AUTOMATIC))
    return f"{rule.rule}  {methods}  {_access(app, rule.endpoint) or '?'}  {rule.endpoint}"


def _access(app: Flask, endpoint: str) -> str | None:
    declared: str | None = getattr(app.view_functions[endpoint], "access", None)
    return declared
