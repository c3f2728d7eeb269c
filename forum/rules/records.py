"""House rules as pages and decision forms show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard


@dataclass(frozen=True)
class Rule:
    """In one language. Without `html`, `source` is one plain paragraph."""

    number: int
    anchor: str
    title: str
    source: str
    html: str
    category: str
    retired: bool

    @property
    def address(self) -> str:
        return f"/rules#{self.anchor}"


@dataclass(frozen=True)
class Book:
    """An edition in one language. `made_at` is None for the one that Kade brings. `is_current`: it is in force."""

    edition: int
    language: str
    made_at: datetime | None
    note: str
    rules: tuple[Rule, ...]
    is_current: bool

    @property
    def in_force(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if not rule.retired)

    @property
    def retired(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.retired)

    def find(self, anchor: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.anchor == anchor), None)


@dataclass(frozen=True)
class EditionLine:
    number: int
    made_at: datetime | None
    made_by: MemberCard | None
    note: str


@dataclass(frozen=True)
class Text:
    """A rule's words in one language, rendered."""

    title: str
    source: str
    html: str


@dataclass(frozen=True)
class Change:
    """What an administrator wants of one rule. `anchor` is empty for a new one; `edition` is the one they looked at."""

    edition: int
    anchor: str
    texts: Mapping[str, Text]
    category: str
    note: str
    retired: bool = False
