"""What a reader wishes to find: the words, and the controls beside them. It knows its own address."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from forum.search.ask import Sort
from forum.search.parsing import parse

PAGE = 10  # groups of a page: about what two screens hold


@dataclass(frozen=True)
class Wish:
    """Values as the address holds them; what doesn't mean anything is left aside or looked for as words.

    `when` is a period until now; `after` and `before` are dates as people write them. `post` keeps to one discussion.
    `plain` leaves the numbers beside the filters out.
    """

    q: str = ""
    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    organisation: str = ""
    by: str = ""
    language: str = ""
    within: str = ""
    marks: tuple[str, ...] = ()
    when: str = ""
    after: str = ""
    before: str = ""
    sort: str = Sort.RELEVANCE
    post: int | None = None
    page: int = 1
    plain: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing is looked for, so nothing is found."""
        return not self.q.strip() and not self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        left_out = {"q", "sort", "page", "plain"}
        return any(getattr(self, one.name) for one in fields(self) if one.name not in left_out)

    def but(self, **changes: Any) -> Wish:
        """The same from its first page, with something changed."""
        return replace(self, **({"page": 1} | changes))

    @property
    def cleared(self) -> Wish:
        """Its words alone, without any filter."""
        return Wish(q=parse(self.q).bare)

    @property
    def address(self) -> str:
        return f"/search?{query}" if (query := urlencode(list(self._parameters()))) else "/search"

    def _parameters(self) -> Any:
        for one in fields(self):
            value = getattr(self, one.name)
            if value == one.default:
                continue
            for single in value if isinstance(value, tuple) else (value,):
                yield PARAMETERS.get(one.name, one.name), "off" if one.name == "plain" else single


# Where the address says it otherwise than Python can.
PARAMETERS = {"within": "in", "marks": "is", "plain": "counts"}
