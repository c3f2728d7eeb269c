"""The viewer of a shared page: a member, and their own marks on what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forum.accounts.cards import TONES, MemberCard, initials_of
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.bylines import Plate


@dataclass(frozen=True)
class Viewer:
    """`csrf` is the signed token for this session's forms; `waiting` are own comments that readers don't see yet."""

    card: MemberCard
    state: MemberState
    role: Role
    language: str | None
    csrf: str = ""
    posts: frozenset[int] = frozenset()
    comments: frozenset[int] = frozenset()
    blocked: frozenset[int] = frozenset()
    voices: tuple[Plate, ...] = ()
    waiting: tuple[int, ...] = ()

    @property
    def id(self) -> MemberId:
        return self.card.id

    @property
    def username(self) -> str:
        return self.card.username

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def is_moderator(self) -> bool:
        return self.role in {Role.MODERATOR, Role.ADMIN}


def of_rows(rows: Sequence[Sequence[Any]], csrf: str) -> Viewer | None:
    """The viewer in the rows of reader.Answer; None when the session ended."""
    if not rows:
        return None
    by_kind: dict[str, list[Sequence[Any]]] = {}
    for row in rows:
        by_kind.setdefault(row[0], []).append(row)
    _, number, username, name = by_kind["id"][0]
    _, _, state, role = by_kind["state"][0]
    _, _, headline, city = by_kind["card"][0]
    card = card_from(number, username, name, headline, city)
    return Viewer(
        card=card,
        state=MemberState(state),
        role=Role(role),
        language=by_kind["language"][0][2],
        csrf=csrf,
        posts=_numbers(by_kind.get("post", ())),
        comments=_numbers(by_kind.get("comment", ())),
        blocked=_numbers(by_kind.get("blocked", ())),
        waiting=tuple(row[1] for row in by_kind.get("waiting", ())),
        voices=tuple(_plate(row) for row in by_kind.get("voice", ())),
    )


def of_actor(actor: Actor, csrf: str) -> Viewer | None:
    """The viewer of a page that shows nothing with marks."""
    if actor.is_anonymous:
        return None
    card = card_from(actor.id, actor.username, actor.name, "", "")
    return Viewer(card=card, state=actor.state, role=actor.role, language=actor.language, csrf=csrf)


def card_from(number: int, username: str, name: str, headline: str, city: str) -> MemberCard:
    member_id = MemberId(number)
    return MemberCard(
        id=member_id,
        username=username,
        name=name,
        headline=headline,
        city=city,
        initials=initials_of(name),
        tone=number % TONES,
        erased=False,
    )


def _numbers(rows: Iterable[Sequence[Any]]) -> frozenset[int]:
    return frozenset(row[1] for row in rows)


def _plate(row: Sequence[Any]) -> Plate:
    name, code, kind = row[3].split("\x1f")
    return Plate(id=OrganisationId(row[1]), slug=row[2], name=name, code=code, kind=kind, verified=True)
