"""What the queue's pages show. Frozen, and free of what its reader may not see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard
from forum.kernel.errors import Words
from forum.kernel.ids import DecisionId, ItemId
from forum.kernel.pictures import Picture
from forum.moderation.models import Action
from forum.organisations.bylines import Byline, Plate
from forum.posts.differences import Piece

# Counts stop here: a queue of more is long, and by how much doesn't matter.
MOST = 100


@dataclass(frozen=True)
class Line:
    """An item in the list. `why` are the reasons it waits; `claimed_by` is empty unless somebody looks at it now.
    `can_be_spam`: its reader can refuse it together with others."""

    id: ItemId
    lane: str
    lane_name: Words
    state: str
    state_name: Words
    title: str
    excerpt: str
    author: MemberCard | None
    plate: Plate | None
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    is_overdue: bool
    level: int
    why: tuple[str, ...]
    claimed_by: str
    version: int
    can_be_spam: bool

    @property
    def address(self) -> str:
        return f"/moderation/items/{self.id}"


@dataclass(frozen=True)
class LaneCount:
    """`count` is at most MOST."""

    lane: str
    name: Words
    count: int

    @property
    def words(self) -> str:
        return counted(self.count)


@dataclass(frozen=True)
class QueuePage:
    """`after` is the cursor of the next page. `total` is at most MOST."""

    lines: tuple[Line, ...]
    counts: tuple[LaneCount, ...]
    total: int
    after: str | None

    @property
    def has_ticks(self) -> bool:
        return any(line.can_be_spam for line in self.lines)

    @property
    def oldest(self) -> datetime | None:
        return self.lines[0].opened_at if self.lines else None

    @property
    def total_words(self) -> str:
        return counted(self.total)


def counted(count: int) -> str:
    return f"{MOST - 1}+" if count >= MOST else str(count)


@dataclass(frozen=True)
class Neighbour:
    """A comment or post near the subject. `html` is from text.render."""

    id: int
    address: str
    byline: Byline
    created_at: datetime
    html: str
    language: str


@dataclass(frozen=True)
class Subject:
    """What a case is about. `changes` is what the last edit changed: of a post's title, introduction and text, or of a
    comment's text. `above` and `below` are the thread around it. `image` is the picture at the top of a post.
    """

    kind: str
    address: str
    title: str
    post_title: str
    post_address: str
    byline: Byline | None
    html: str
    language: str
    state: str
    state_name: Words
    created_at: datetime | None
    edited_at: datetime | None
    revision: int
    history_address: str
    changes: tuple[tuple[Piece, ...], ...] = ()
    above: tuple[Neighbour, ...] = ()
    below: tuple[Neighbour, ...] = ()
    image: Picture | None = None


@dataclass(frozen=True)
class AuthorHistory:
    """`restrictions` are the last few that stand."""

    card: MemberCard
    joined_at: datetime
    trust: int
    state: str
    posts: int
    comments: int
    restricted: int
    restrictions: tuple[Restricted, ...]


@dataclass(frozen=True)
class Restricted:
    outcome: Words
    ground: str
    at: datetime


@dataclass(frozen=True)
class Made:
    """A decision in an item's history. `undo_id` is set while its reader can take it back."""

    id: DecisionId
    outcome: Words
    by: str
    at: datetime
    facts: str
    in_force: bool
    undone: bool
    undo_id: DecisionId | None


@dataclass(frozen=True)
class Note:
    by: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Choice:
    """A decision that the reader may make."""

    action: Action
    name: Words
    hint: Words
    restricts: bool


@dataclass(frozen=True)
class Colleague:
    id: int
    name: str


@dataclass(frozen=True)
class CasePage:
    """`is_late` says that its time has passed. `approve` is the decision of one key, if there is one."""

    line: Line
    version: int
    subject: Subject | None
    choices: tuple[Choice, ...]
    approve: Choice | None
    history: tuple[Made, ...]
    notes: tuple[Note, ...]
    author: AuthorHistory | None
    colleagues: tuple[Colleague, ...]
    is_mine: bool
    waits: bool
    can_escalate: bool
    source: Words
    scope_name: str
    previous_id: ItemId | None
    next_id: ItemId | None

    @property
    def radio_choices(self) -> tuple[tuple[str, Words, Words], ...]:
        """But the one that has a button of its own."""
        return tuple((one.action.value, one.name, one.hint) for one in self.choices if one != self.approve)

    @property
    def needs_words(self) -> bool:
        """Whether whatever is chosen there needs words to its author."""
        return all(one.restricts for one in self.choices if one != self.approve)
