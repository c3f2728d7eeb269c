"""The shape of a thread's page: which lists open and close between rows that come in display order.

A page may begin deep in a thread, skip rows that are hidden and end anywhere; the outline is a valid nesting
of lists for any sequence of depths, so that a template only walks it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

# Branches up to this level are open when the page comes; one that starts after OPEN_ROWS comments is folded.
OPEN_LEVEL = 3
OPEN_ROWS = 20
# What lies deeper has a page of its own: more nesting leaves no width for the words.
LAST_LEVEL = 5


class Row(Protocol):
    """What the outline reads of a comment. `reply_count` counts all shown comments below it."""

    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def depth(self) -> int: ...
    @property
    def reply_count(self) -> int: ...
    @property
    def created_at(self) -> datetime: ...


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Fold:
    """The replies below a comment: how many, whether they show, and who wrote the last on this page."""

    count: int
    latest_by: str
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Step(Generic[AnyRow]):
    """Close `closes` lists, open one if there is a `fold`, then show the row.

    `beyond` are replies that have a page of their own; `is_continued` means that the comment it answers
    isn't on this page. `next_root` is the next comment at the top, for one that has replies here.
    """

    row: AnyRow
    closes: int = 0
    fold: Fold | None = None
    beyond: Fold | None = None
    is_continued: bool = False
    next_root: int | None = None


@dataclass(frozen=True, slots=True)
class Outline(Generic[AnyRow]):
    """Steps in order, and the number of nested lists still open after the last."""

    steps: tuple[Step[AnyRow], ...] = ()
    closes: int = 0


@dataclass(slots=True)
class _Node(Generic[AnyRow]):
    """A shown row while the walk goes on. `ancestors` are on this page, outermost first."""

    row: AnyRow
    ancestors: tuple[_Node[AnyRow], ...]
    is_first_child: bool
    position: int
    below: int = 0
    hidden: int = 0
    latest: AnyRow | None = None

    def add_below(self, row: AnyRow, *, hidden: bool) -> None:
        self.below += 1
        self.hidden += hidden
        if self.latest is None or row.created_at >= self.latest.created_at:
            self.latest = row


def outline(
    rows: Iterable[AnyRow], name_of: Callable[[AnyRow], str], cut: Collection[int] = frozenset()
) -> Outline[AnyRow]:
    """Nest `rows`, which are in display order. `cut` are ids whose replies were left out by the query."""
    nodes = _nest(rows)
    steps: list[Step[AnyRow]] = []
    level = 0
    for node in nodes:
        step = Step(node.row, fold=_fold(node, name_of), beyond=_beyond(node, name_of, cut))
        depth = len(node.ancestors)
        closes = max(level - depth, 0)
        is_continued = not node.ancestors and node.row.parent_id is not None
        steps.append(replace(step, closes=closes, is_continued=is_continued))
        level = depth
    return Outline(tuple(_with_next_roots(steps, nodes)), closes=level)


def _with_next_roots(steps: list[Step[AnyRow]], nodes: list[_Node[AnyRow]]) -> Iterator[Step[AnyRow]]:
    roots = [node.position for node in nodes if not node.ancestors]
    following = {here: nodes[there].row.id for here, there in pairwise(roots) if there > here + 1}
    return (replace(step, next_root=following.get(place)) for place, step in enumerate(steps))


def _nest(rows: Iterable[AnyRow]) -> list[_Node[AnyRow]]:
    nodes: list[_Node[AnyRow]] = []
    path: list[_Node[AnyRow]] = []
    for row in rows:
        while path and not _is_above(path[-1].row, row):
            path.pop()
        hidden = len(path) >= LAST_LEVEL
        for node in path:
            node.add_below(row, hidden=hidden and node is path[-1])
        if not hidden:
            is_first_child = bool(path) and path[-1].below == 1
            path.append(_Node(row, tuple(path), is_first_child, len(nodes)))
            nodes.append(path[-1])
    return nodes


def _is_above(candidate: Row, row: Row) -> bool:
    """Its parent, or an ancestor whose generation in between isn't shown."""
    return candidate.id == row.parent_id or candidate.depth < row.depth - 1


def _fold(node: _Node[AnyRow], name_of: Callable[[AnyRow], str]) -> Fold | None:
    """The list that opens before this row, if it is the first below its parent."""
    if not node.is_first_child:
        return None
    parent = node.ancestors[-1]
    latest = parent.latest or node.row
    is_open = len(node.ancestors) < OPEN_LEVEL and node.position < OPEN_ROWS
    return Fold(max(parent.row.reply_count, parent.below), name_of(latest), is_open)


def _beyond(node: _Node[AnyRow], name_of: Callable[[AnyRow], str], cut: Collection[int]) -> Fold | None:
    if node.hidden and node.latest is not None:
        return Fold(max(node.row.reply_count, node.hidden), name_of(node.latest))
    if node.row.id in cut and node.row.reply_count > node.below:
        return Fold(node.row.reply_count - node.below, "")
    return None
