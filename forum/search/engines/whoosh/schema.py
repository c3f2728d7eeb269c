"""The fields of the index. Whoosh pickles the schema, so nothing in it is a closure; words come analysed."""

from __future__ import annotations

from typing import Any

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.columns import NumericColumn, RefBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, TEXT, Schema

from forum.search.documents import Document

# Weights: a title says best what a text is about, then who speaks, then its topics.
TITLE, NAMES, TOPICS, EXACT = 4.0, 2.5, 1.5, 0.5


def make() -> Schema:
    """`body` and `head` are what is matched; `title`, `names` and `topics`, parts of `head`, only weigh.

    Columns hold what hits are sorted, counted and named by, so that no stored document is unpickled for a list.
    """
    return Schema(
        key=ID(unique=True),
        body=KEYWORD(scorable=True),
        head=KEYWORD(scorable=True),
        title=KEYWORD(scorable=True),
        names=KEYWORD(scorable=True),
        topics=KEYWORD(scorable=True),
        exact=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True),
        tags=KEYWORD(scorable=False),
        held=KEYWORD(scorable=False),
        kind=COLUMN(RefBytesColumn()),
        language=COLUMN(RefBytesColumn()),
        filed=COLUMN(RefBytesColumn()),
        number=COLUMN(NumericColumn("q")),
        post=COLUMN(NumericColumn("q")),
        at=COLUMN(NumericColumn("i")),
        recommended=COLUMN(NumericColumn("i")),
    )


def fields_of(document: Document) -> dict[str, Any]:
    """A document as Whoosh takes it. `filed` are its topics' ids, as text."""
    names = tuple(document.names)
    return {
        "key": document.key,
        "body": " ".join(document.body),
        "head": " ".join((*document.title, *names, *document.topics)),
        "title": " ".join(document.title),
        "names": " ".join(names),
        "topics": " ".join(document.topics),
        "exact": " ".join(document.exact),
        "tags": " ".join(document.tags),
        "held": " ".join(document.held),
        "kind": document.kind.encode(),
        "language": document.language.encode(),
        "filed": " ".join(map(str, sorted(document.topic_ids))).encode(),
        "number": document.id,
        "post": document.post,
        "at": int(document.at.timestamp()),
        "recommended": document.recommended,
    }
