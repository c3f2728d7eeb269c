"""People who know their passwords."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forum.accounts import passwords
from forum.accounts.models import Member
from tests import factories
from tests.statements import counted
from tests.web import Page, Values, Web

PASSWORD = "seven tulips on a quay"
NEWCOMER = {"username": "newcomer", "name": "New Comer", "email": "new@example.org", "password": PASSWORD}
NEW_PASSWORD = "eight herons by the lock"


@dataclass(frozen=True)
class Hashing:
    """One password compared with what is kept: what decides how long that takes."""

    parameters: str
    length: int


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


def refused(web: Web, page: Page, hashing: list[Hashing], username: str) -> tuple[list[Hashing], int]:
    """What refusing a wrong password costs: the hashes made, and the number of statements."""
    hashing.clear()
    with counted(web.app) as statements:
        assert web.submit(page, "/sign-in", username=username, password="nine geese at the mill").status == 422
    return list(hashing), len(statements)
