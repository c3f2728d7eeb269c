"""The viewer of a shared page: a member, and their own marks on what the page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forum.accounts.cards import TONES, MemberCard, initials_of
from forum.kernel.access import Actor, MemberState, Role
from forum.kernel.ids import MemberId, OrganisationId
from forum.organisations.bylines import Plate
from forum.organisations.models import Verification

# Between texts in one column of the reader's rows: `kernel.lines` leaves none in a name or a line.
SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Viewer:
    """`csrf` is the signed token for this session's forms; `waiting` are own comments that readers don't see yet;
    `queue` is how many cases wait for them (at most 100), None for who looks after nothing.

    `posts` and `comments` are those that the viewer recommends, `kept` and `kept_comments` their bookmarks.
    `place` is the last comment seen in the discussion shown, None for who never opened it; `next_new` is the first
    new one after it, or 0. `unread` counts new comments by post, up to a hundred.
    `updates` counts groups of unread notifications. `curates` are those topics of the page that they look after.
    `leaves_on` is the day on which their account is erased, as in ISO 8601; empty for who stays.
    `follows` has the level of those of the page's targets that they follow or muted, by kind and id.
    """

    card: MemberCard
    state: MemberState
    role: Role
    language: str | None
    csrf: str = ""
    posts: frozenset[int] = frozenset()
    comments: frozenset[int] = frozenset()
    kept: frozenset[int] = frozenset()
    kept_comments: frozenset[int] = frozenset()
    blocked: frozenset[int] = frozenset()
    voices: tuple[Plate, ...] = ()
    waiting: tuple[int, ...] = ()
    queue: int | None = None
    place: int | None = None
    next_new: int = 0
    unread: Mapping[int, int] = field(default_factory=dict)
    updates: int = 0
    follows: Mapping[tuple[str, int], str] = field(default_factory=dict)
    curates: frozenset[int] = frozenset()
    leaves_on: str = ""

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
    _, number, being, about = by_kind["me"][0]
    username, name, state, role, face = being.split(SEPARATOR)
    headline, city, language, leaves_at = about.split(SEPARATOR)
    card = card_from(number, username, name, (headline, city), face)
    return Viewer(
        card=card,
        state=MemberState(state),
        role=Role(role),
        language=language or None,
        csrf=csrf,
        posts=_numbers(by_kind.get("post", ())),
        comments=_numbers(by_kind.get("comment", ())),
        kept=_numbers(by_kind.get("kept", ())),
        kept_comments=_numbers(by_kind.get("kept comment", ())),
        blocked=_numbers(by_kind.get("blocked", ())),
        curates=_numbers(by_kind.get("curates", ())),
        waiting=tuple(row[1] for row in by_kind.get("waiting", ())),
        leaves_on=leaves_at[:10],
        queue=sum(row[1] for row in by_kind["queue"]) if "queue" in by_kind else None,
        voices=tuple(_plate(row) for row in by_kind.get("voice", ())),
        place=next((row[1] for row in by_kind.get("place", ())), None),
        next_new=next((int(row[2] or 0) for row in by_kind.get("place", ())), 0),
        unread={row[1]: int(row[2]) for row in by_kind.get("unread", ()) if row[2] != "0"},
        updates=next((row[1] for row in by_kind.get("updates", ())), 0),
        follows={(row[2], row[1]): row[3] for row in by_kind.get("follow", ())},
    )


def of_actor(actor: Actor, csrf: str) -> Viewer | None:
    """The viewer of a page that shows nothing with marks."""
    if actor.is_anonymous:
        return None
    card = card_from(actor.id, actor.username, actor.name, ("", ""), actor.face)
    queue = 0 if actor.is_moderator else None
    return Viewer(card=card, state=actor.state, role=actor.role, language=actor.language, csrf=csrf, queue=queue)


def card_from(number: int, username: str, name: str, about: tuple[str, str], face: str) -> MemberCard:
    """`about` is headline and city."""
    member_id = MemberId(number)
    return MemberCard(
        id=member_id,
        username=username,
        name=name,
        headline=about[0],
        city=about[1],
        initials=initials_of(name),
        tone=number % TONES,
        erased=False,
        face=face,
    )


def _numbers(rows: Iterable[Sequence[Any]]) -> frozenset[int]:
    return frozenset(row[1] for row in rows)


def _plate(row: Sequence[Any]) -> Plate:
    name, code, kind, state, logo = row[3].split(SEPARATOR)
    verified = state == Verification.VERIFIED
    return Plate(id=OrganisationId(row[1]), slug=row[2], name=name, code=code, kind=kind, verified=verified, logo=logo)
