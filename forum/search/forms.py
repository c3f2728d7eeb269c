"""The address of a search page → typed values. Nothing is refused here: what means nothing is left aside."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from forum.kernel.paging import cursor_id
from forum.search.ask import DEEPEST, Sort
from forum.search.parsing import MAX_LENGTH
from forum.search.wish import Wish

MOST_VALUES = 12
LONGEST_VALUE = 100


def read_wish(args: MultiDict[str, str]) -> Wish:
    return Wish(
        q=" ".join(args.get("q", "")[: 4 * MAX_LENGTH].split()),
        kind=_several(args, "kind"),
        topic=_several(args, "topic"),
        organisation=_line(args, "organisation"),
        by=_line(args, "by").removeprefix("@"),
        language=_line(args, "language"),
        within=_line(args, "in"),
        marks=_several(args, "is"),
        when=_line(args, "when"),
        after=_line(args, "after"),
        before=_line(args, "before"),
        sort=_sort(args),
        post=_number(args, "post"),
        page=min(_number(args, "page") or 1, DEEPEST),
        plain=args.get("counts") == "off",
    )


def _line(args: MultiDict[str, str], name: str) -> str:
    return _clean(args.get(name, ""))


def _clean(value: str) -> str:
    """Without NUL, which PostgreSQL doesn't take."""
    return " ".join(value.replace("\0", " ").split())[:LONGEST_VALUE]


def _several(args: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = map(_clean, args.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in values if value))


def _number(args: MultiDict[str, str], name: str) -> int | None:
    number = cursor_id(args.get(name))
    return number or None


def _sort(args: MultiDict[str, str]) -> str:
    value = args.get("sort", Sort.RELEVANCE)
    return value if value in list(Sort) else Sort.RELEVANCE
