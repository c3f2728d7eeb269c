"""A browser without scripts: it reads pages, fills in their forms and follows where they lead."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextvars import Context
from dataclasses import dataclass
from typing import Any

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.kernel.db import db, transaction

Values = str | list[str]


@dataclass
class Page:
    """An answer, parsed. `path` is where it was found."""

    response: TestResponse
    path: str

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def tree(self) -> ET.Element:
        root: ET.Element = html5lib.parse(self.text, treebuilder="etree", namespaceHTMLElements=False)
        return root

    def words(self) -> str:
        """The page's text, with single spaces."""
        main = self.tree.find(".//main")
        return " ".join("".join((main if main is not None else self.tree).itertext()).split())

    def heading(self) -> str:
        return " ".join("".join(self.tree.find(".//h1").itertext()).split())  # type: ignore[union-attr]  # one h1 a page

    def links(self) -> list[str]:
        return [link.get("href", "") for link in self.tree.iter("a")]

    def form(self, action: str) -> dict[str, list[str]]:
        """What the browser would send of the form with this action, as it stands. Raises LookupError."""
        for form in self.tree.iter("form"):
            if (form.get("action") or self.path).partition("?")[0] == action and form.get("method") == "post":
                return _values(form)
        raise LookupError(f"no form posts to {action} on {self.path}:\n{self.text[:3000]}")


class Web:
    """One visitor."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def sign_in(self, member: Member) -> Web:
        """Start a session for a member without going through the form."""
        with transaction():
            token = sessions.start(member.id, remember=False, user_agent="test", address="127.0.0.1")
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return self

    def get(self, path: str, **options: Any) -> Page:
        return self._page(self.client.get, path, **options)

    def post(self, path: str, fields: Mapping[str, Values], **options: Any) -> Page:
        """Send fields as they are."""
        return self._page(self.client.post, path, data=dict(fields), **options)

    def _page(self, method: Callable[..., TestResponse], path: str, **options: Any) -> Page:
        """Outside the test's own application context: else one request's `g`, with who is signed in, is the next's."""
        answer = Context().run(method, path, **options)
        db.session.rollback()  # what the test reads next is new,
        db.session.expire_all()  # and what it holds is read again
        return Page(answer, path)

    def submit(self, on: str | Page, action: str, **fields: Values) -> Page:
        """Open the page `on` (or take it as it is), fill in `fields` and send its form to `action`.

        Names with a dash are written with a double underscore.
        """
        page = self.get(on) if isinstance(on, str) else on
        values: dict[str, Values] = dict(page.form(action))
        values.update({name.replace("__", "-"): value for name, value in fields.items()})
        return self.post(action, values)

    def follow(self, page: Page) -> Page:
        """Go where a redirect leads."""
        location = page.response.headers["Location"].removeprefix("http://localhost")
        return self.get(location)


def _values(form: ET.Element) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in _controls(form):
        values.setdefault(name, []).append(value)
    return values


def _controls(form: ET.Element) -> Iterator[tuple[str, str]]:
    for control in form.iter():
        name = control.get("name")
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "textarea":
            yield name, "".join(control.itertext())
        elif control.tag == "select":
            yield from ((name, value) for value in _chosen(control))
        elif control.tag == "input" and _is_sent(control):
            yield name, control.get("value", "on" if control.get("type") == "checkbox" else "")


def _is_sent(control: ET.Element) -> bool:
    kind = control.get("type", "text")
    if kind in {"checkbox", "radio"}:
        return control.get("checked") is not None
    return kind not in {"submit", "button", "image", "reset", "file"}


def _chosen(control: ET.Element) -> list[str]:
    options = list(control.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None]
    if not chosen and control.get("multiple") is None:
        chosen = options[:1]
    return [one.get("value", "".join(one.itertext()).strip()) for one in chosen]
