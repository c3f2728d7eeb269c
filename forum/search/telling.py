"""What the index is told of a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from forum.kernel.db import db
from forum.search import tokens
from forum.search.documents import Document, Kind, documents_of
from forum.search.engines.base import Write
from forum.search.models import Changed

log = structlog.get_logger()

# A change of one of these is of one document.
SINGLE = frozenset(Kind)


def tell(write: Write, changes: Sequence[Any]) -> None:
    """Forget what each change is of, and add what there is of it now."""
    write.forget([tag for change in changes if (tag := tag_of(change)) is not None])
    for kind in Kind:
        ids = sorted({change.ref for change in changes if change.kind == kind})
        write.add(_read(kind, ids))
    db.session.rollback()


def tag_of(change: Any) -> str | None:
    """What a change takes out of the index: of one that stands for many only what readers mustn't see any more."""
    if change.kind in SINGLE:
        return tokens.document(change.kind, change.ref)
    if change.gone and change.kind == Changed.THREAD:
        return tokens.post(change.ref)
    if change.gone and change.kind == Changed.OF_MEMBER:
        return tokens.author(change.ref)
    return None


def _read(kind: Kind, ids: Sequence[int]) -> Iterable[Document]:
    """One text that can't be analysed keeps no other from being found."""
    try:
        return documents_of(kind, ids)
    except SQLAlchemyError:
        raise
    except Exception:
        if len(ids) == 1:
            log.exception("search_document_failed", kind=kind, id=ids[0])
            return []
        return [document for one in ids for document in _read(kind, [one])]
