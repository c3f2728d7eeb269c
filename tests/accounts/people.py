"""People who know their passwords."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from forum.accounts import passwords
from forum.accounts.models import Member
from tests import factories
from tests.web import Page, Values, Web

PASSWORD = "seven tulips on a quay"
NEWCOMER = {"username": "newcomer", "name": "New Comer", "email": "new@example.org", "password": PASSWORD}
NEW_PASSWORD = "eight herons by the lock"


@lru_cache
def _hash() -> str:
    return passwords.hash_password(PASSWORD)


def member(username: str = "hanna", **fields: Any) -> Member:
    return factories.member(username, password_hash=_hash(), **fields)


def sign_in(web: Web, username: str = "hanna", password: str = PASSWORD, **fields: str) -> Page:
    return web.submit("/sign-in", "/sign-in", username=username, password=password, **fields)


def sign_up(web: Web, **fields: str) -> Page:
    return web.submit("/sign-up", "/sign-up", **(NEWCOMER | fields))


def filled(page: Page, action: str, **fields: str) -> dict[str, Values]:
    """What a page's form would send, filled in: to be sent in some other way than a browser would."""
    return {**page.form(action), **fields}


def is_signed_in(web: Web) -> bool:
    return web.get("/settings/profile").status == 200
