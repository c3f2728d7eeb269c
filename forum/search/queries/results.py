"""A page of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from forum.kernel.access import Actor
from forum.kernel.errors import Words
from forum.search.ask import DEEPEST, Ask, Hit, Sort
from forum.search.documents import Kind
from forum.search.engines.base import IndexMissing, Progress
from forum.search.excerpts import Marks, Piece, excerpt, mark
from forum.search.index import engine
from forum.search.parsing import SHORTEST_START, plain_words
from forum.search.queries.facets import Facet, facets
from forum.search.queries.relaxing import Second, second_try
from forum.search.queries.resolve import Chip, Meant, resolve
from forum.search.queries.rows import CommentRow, Row, rows_of
from forum.search.wish import PAGE, Wish

# Of one discussion on a page of results; the others are a link away.
COMMENTS_SHOWN = 2


@dataclass(frozen=True)
class Remark:
    """A comment among the results, with its words marked."""

    row: CommentRow
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Result:
    """`row` is what was found itself; None where only comments under a post were, of which `more` are elsewhere."""

    kind: str
    row: Row | None
    title: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...] = ()
    more: int = 0
    more_address: str = ""


@dataclass(frozen=True)
class Results:
    """`total` counts hits: exactly, unless `over`. `is_building` says that there is no index to ask at the moment."""

    wish: Wish
    chips: tuple[Chip, ...]
    notes: tuple[Words, ...]
    results: tuple[Result, ...] = ()
    total: int = 0
    over: bool = False
    facets: tuple[Facet, ...] = ()
    second: Second | None = None
    sort: str = Sort.RELEVANCE
    first: int = 0
    last: int = 0
    groups: int = 0
    is_building: bool = False
    progress: Progress | None = None

    @property
    def is_deepest(self) -> bool:
        return self.total > DEEPEST or self.over

    @property
    def previous(self) -> str:
        return self.wish.but(page=self.wish.page - 1).address if self.wish.page > 1 else ""

    @property
    def next(self) -> str:
        return self.wish.but(page=self.wish.page + 1).address if self.last < self.groups else ""


def page_of_results(wish: Wish, actor: Actor) -> Results:
    """Never raises for what was typed. Without an index it says so."""
    meant = resolve(wish, actor)
    plain = Results(wish, tuple(meant.chips), tuple(meant.notes), sort=meant.ask.sort)
    if wish.is_empty or (meant.ask.wanted is None and not _is_filtered(meant)):
        return plain
    try:
        return _filled(plain, meant, actor)
    except IndexMissing:
        return replace(plain, is_building=True, progress=engine().progress())


def _is_filtered(meant: Meant) -> bool:
    ask = meant.ask
    return bool(ask.groups or ask.without or ask.since or ask.until)


def _filled(plain: Results, meant: Meant, actor: Actor) -> Results:
    wish, ask = plain.wish, meant.ask
    found, second = engine().search(ask), None
    if not found.hits:
        if engine().trouble():  # "nothing" would be a lie
            raise IndexMissing
        second = second_try(meant)
        found, ask = (second.found, second.ask) if second else (found, ask)
    groups = _groups(found.hits)
    start = (wish.page - 1) * PAGE
    shown = groups[start : start + PAGE]
    results = _results(shown, ask, wish, actor)
    return replace(
        plain, results=results, total=found.total, over=found.more, second=second, groups=len(groups),
        first=start + 1 if shown else 0, last=start + len(shown),
        facets=() if wish.plain else facets(meant, ask),
    )  # fmt: skip


def _groups(hits: Sequence[Hit]) -> list[list[Hit]]:
    """A post and the comments under it are one, where the best of them stands."""
    groups: dict[tuple[str, int], list[Hit]] = {}
    for hit in hits:
        key = (Kind.POST.value, hit.post) if hit.post else (hit.kind, hit.id)
        groups.setdefault(key, []).append(hit)
    return list(groups.values())


def _results(groups: Sequence[Sequence[Hit]], ask: Ask, wish: Wish, actor: Actor) -> tuple[Result, ...]:
    kept = [[hit for hit in group if hit.kind != Kind.COMMENT] + _remarked(group) for group in groups]
    rows = rows_of(actor, {(hit.kind, hit.id) for group in kept for hit in group})
    marks = _marks(ask)
    made = (_result(group, shown, rows, marks, wish) for group, shown in zip(groups, kept, strict=True))
    return tuple(one for one in made if one is not None)


def _remarked(group: Sequence[Hit]) -> list[Hit]:
    return [hit for hit in group if hit.kind == Kind.COMMENT][:COMMENTS_SHOWN]


def _marks(ask: Ask) -> Marks:
    words = tuple(plain_words(ask.wanted))
    return Marks.of(words, words[-1] if words and len(words[-1]) >= SHORTEST_START else "")


def _result(
    group: Sequence[Hit], shown: Sequence[Hit], rows: dict[tuple[str, int], Row], marks: Marks, wish: Wish
) -> Result | None:
    """None where nothing of it may be read: the index was behind."""
    remarks = tuple(_remark(row, marks) for hit in shown if isinstance(row := rows.get((hit.kind, hit.id)), CommentRow))
    head = next((hit for hit in shown if hit.kind != Kind.COMMENT), None)
    row = rows.get((head.kind, head.id)) if head else None
    if row is None and not remarks:
        return None
    title = mark(_title(row or remarks[0].row), marks)
    comments = sum(hit.kind == Kind.COMMENT for hit in group)
    more = comments - len(_remarked(group))
    return Result(
        kind=head.kind if head and row else Kind.COMMENT, row=row, title=title,
        pieces=excerpt(row.text, marks) if row and row.text else (), remarks=remarks, more=more,
        more_address=wish.but(post=group[0].post, kind=(Kind.COMMENT.value,)).address if more else "",
    )  # fmt: skip


def _remark(row: CommentRow, marks: Marks) -> Remark:
    return Remark(row, excerpt(row.text, marks))


def _title(row: Row) -> str:
    for holder, name in (("card", "title"), ("card", "name"), ("plate", "name"), ("label", "name")):
        found = getattr(getattr(row, holder, None), name, None)
        if found:
            return str(found)
    return row.post_title if isinstance(row, CommentRow) else ""
