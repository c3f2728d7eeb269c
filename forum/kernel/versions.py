"""Versions of pages: a number that grows with every change of something shown.

Database triggers (see migrations) add to it in the transaction of the change, so no code path can forget. Numbers
only grow, so the sum over a fixed set of keys changes whenever one of them does: one small SELECT tells whether a
finished page still holds. Keys: `post:ID`, `topic:ID`, `home`, `topics`, `site`, `organisation:ID`, `member:ID`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from forum.kernel.db import Base, BinaryText


class PageVersion(Base):
    __tablename__ = "page_versions"

    key: Mapped[str] = mapped_column(BinaryText, primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger)
