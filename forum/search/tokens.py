"""Tokens that documents are filtered by. One field holds them all, so that a filter is one list of the index."""

from __future__ import annotations

# Who may find what isn't everybody's: it is HELD; moderators look for STAFF, a member for their own author().
HELD, STAFF = "held", "staff"
OFFICIAL, ANSWERED = "is:official", "is:answered"


def document(kind: str, number: int) -> str:
    """The document's own key."""
    return f"d:{kind[0]}{number}"


def kind(name: str) -> str:
    return f"k:{name}"


def post_kind(name: str) -> str:
    return f"pk:{name}"


def author(number: int) -> str:
    return f"a:{number}"


def organisation(number: int) -> str:
    return f"o:{number}"


def topic(number: int) -> str:
    return f"t:{number}"


def post(number: int) -> str:
    """The post and every comment under it."""
    return f"p:{number}"


def language(base: str) -> str:
    return f"l:{base}"
