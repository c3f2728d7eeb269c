"""Places in a sorted list, as a reader's address bar holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
MAX_COUNT = 2**31 - 1  # the counters' columns hold no more
_CURSOR = re.compile(r"([dn])(-?\d{1,17})-(\d{1,18})", re.ASCII)

Value = datetime | int


@dataclass(frozen=True)
class Cursor:
    """Just after the row with this value and id."""

    value: Value
    id: int

    def __str__(self) -> str:
        if isinstance(self.value, datetime):
            return f"d{(self.value - _EPOCH) // _MICROSECOND}-{self.id}"
        return f"n{self.value}-{self.id}"


def find_cursor(text: str | None, kind: type[Value]) -> Cursor | None:
    """None for what isn't a place in a list sorted by such values, which then means the first page."""
    found = _CURSOR.fullmatch(text or "")
    if found is None or (found[1] == "d") is not (kind is datetime):
        return None
    number = int(found[2])
    try:
        return Cursor(
            _EPOCH + number * _MICROSECOND if kind is datetime else max(-MAX_COUNT, min(number, MAX_COUNT)),
            int(found[3]),
        )
    except OverflowError:
        return None
