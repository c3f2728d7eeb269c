"""What the pages of administrators show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forum.accounts.cards import MemberCard
from forum.kernel.errors import Words
from forum.kernel.paging import Page
from forum.organisations.bylines import Plate
from forum.topics.labels import TopicLabel


@dataclass(frozen=True)
class SettingRow:
    """`value` and `default` as text; `kind` is how it is typed."""

    name: str
    label: Words
    about: Words
    kind: str
    value: str
    default: str
    changed_at: datetime | None = None

    @property
    def is_default(self) -> bool:
        return self.value == self.default


@dataclass(frozen=True)
class Change:
    """A line of a history. `by` is None for the command line, or somebody who is gone."""

    id: int
    made_at: datetime
    by: MemberCard | None
    old: str
    new: str


@dataclass(frozen=True)
class MemberLine:
    card: MemberCard
    email: str
    role: Words
    state: Words
    is_well: bool
    created_at: datetime


@dataclass(frozen=True)
class MemberPage:
    """`role_value` and `state_value` as they are kept. `session_count`: browsers that are signed in now."""

    card: MemberCard
    email: str
    role_value: str
    role: Words
    state: Words
    state_until: datetime | None
    is_well: bool
    trust_level: int
    created_at: datetime
    confirmed_at: datetime | None
    session_count: int
    organisations: Sequence[tuple[Plate, Words]]
    acts: Page[ActRow]


@dataclass(frozen=True)
class OrganisationRow:
    plate: Plate
    state: Words
    is_well: bool
    kind: Words
    people: int
    created_at: datetime
    until: datetime | None


@dataclass(frozen=True)
class TopicRow:
    """`level` is 1 or 2."""

    id: int
    label: TopicLabel
    level: int
    state: str
    posting: Words
    post_count: int
    curators: int


@dataclass(frozen=True)
class TrayRow:
    """A letter or a delivery. `what` and `whom` say which one; `version` stands in its forms; `error` is scrubbed."""

    id: int
    what: str
    whom: str
    state: str
    attempts: int
    created_at: datetime | None
    next_at: datetime
    error: str
    version: str

    @property
    def is_parked(self) -> bool:
        return self.state == "parked"


@dataclass(frozen=True)
class ActRow:
    """`whom` was it done to, if to a member."""

    id: int
    made_at: datetime
    by: MemberCard | None
    whom: MemberCard | None
    verb: Words
    thing: str
    old: str
    new: str


@dataclass(frozen=True)
class JobRow:
    """A periodic job of the worker."""

    name: str
    last_run_at: datetime | None
    next_at: datetime
    error: str
