"""What a test of search does: texts of its own, the index brought up to date, and what somebody finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import MultiDict

from forum.accounts.models import Member
from forum.comments.models import Comment
from forum.kernel.access import ANONYMOUS, Actor
from forum.posts.models import Post
from forum.search.ask import Sort
from forum.search.forms import read_wish
from forum.search.queries import Results, page_of_results
from forum.search.sync import write_due
from tests import factories

__all__ = ["Sort", "comment", "find", "names_of", "post", "settle", "titles"]


def post(title: str, body: str = "", author: Member | None = None, **fields: Any) -> Post:
    """A published article with these words."""
    made: Post = factories.post(author, fields.pop("under", None), title=title, html=f"<p>{body}</p>\n", **fields)
    return made


def comment(under: Post, body: str, author: Member | None = None, path: str = "0000", **fields: Any) -> Comment:
    made: Comment = factories.comment(author or factories.member(), under, path, html=f"<p>{body}</p>\n", **fields)
    return made


def settle() -> None:
    """What the worker would do within a second or two."""
    for _ in range(100):
        if not write_due():
            return
    raise AssertionError("the index never comes to rest")


def find(q: str, actor: Actor = ANONYMOUS, **parameters: str | Iterable[str]) -> Results:
    settle()
    args: MultiDict[str, str] = MultiDict([("q", q)])
    for name, value in parameters.items():
        for one in [value] if isinstance(value, str) else value:
            args.add({"in_": "in", "is_": "is"}.get(name, name), one)
    return page_of_results(read_wish(args), actor)


def titles(found: Results) -> list[str]:
    """Of the results, in order; of comments that stand alone, the title of their post."""
    return ["".join(piece.text for piece in one.title) for one in found.results]


def names_of(found: Results) -> list[str]:
    """What each result is."""
    return [one.kind for one in found.results]
