"""Versions of pages: a number that grows with every change of something shown.

Database triggers (see migrations) add to it in the transaction of the change, so no code path can forget. Numbers
only grow, so the sum over a fixed set of keys changes whenever one of them does: one small SELECT tells whether a
finished page still holds. Keys: `post:ID`, `topic:ID`, `home`, `topics`, `site`, `organisation:ID`, `member:ID`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, func, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText, db


class PageVersion(Base):
    __tablename__ = "page_versions"

    key: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)


def total(keys: Sequence[str]) -> int:
    """The sum of the keys' versions, as the open transaction sees them."""
    found = db.session.scalar(select(func.sum(PageVersion.n)).where(PageVersion.key.in_(keys)))
    return int(found or 0)
