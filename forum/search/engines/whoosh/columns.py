"""What hits are sorted, counted and named by, read in one go: a value by value reading of 10,000 hits took 90 ms."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whoosh.columns import EmptyColumnReader, NumericColumn


@dataclass(frozen=True)
class Texts:
    """`refs` holds a place in `values` for each document's number."""

    refs: array[int]
    values: tuple[str, ...]

    def __getitem__(self, number: int) -> str:
        return self.values[self.refs[number]]


class Columns:
    """Of one generation, shared by the threads of a process: nothing in it changes."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._kept: dict[str, Any] = {}

    def numbers(self, name: str) -> array[int]:
        """The value of each document, by its number."""
        if name not in self._kept:
            whole = array("q")
            for leaf, raw in self._leaves(name):
                whole.extend(_numbers(raw, leaf.doc_count_all()))
            self._kept[name] = whole
        found: array[int] = self._kept[name]
        return found

    def texts(self, name: str) -> Texts:
        if name not in self._kept:
            refs, places = array("i"), {"": 0}
            for leaf, raw in self._leaves(name):
                refs.extend(_refs(raw, leaf.doc_count_all(), places))
            self._kept[name] = Texts(refs, tuple(places))
        found: Texts = self._kept[name]
        return found

    def _leaves(self, name: str) -> Iterator[tuple[Any, Any]]:
        for leaf, _ in self._reader.leaf_readers():
            yield leaf, leaf.column_reader(name, translate=False)


def _numbers(raw: Any, count: int) -> array[int]:
    """Whoosh leaves out defaults at the end."""
    if isinstance(raw, EmptyColumnReader):
        return array("q", [0]) * count
    code = raw._typecode  # noqa: SLF001  # there is no public way to read more than a value
    found = raw._dbfile.get_array(raw._basepos, code, raw._count)  # noqa: SLF001  # as above
    default = NumericColumn(code).default_value()
    return array("q", [*found, *[default] * (count - len(found))])


def _refs(raw: Any, count: int, places: dict[str, int]) -> array[int]:
    if isinstance(raw, EmptyColumnReader):
        return array("i", [0]) * count
    own = [places.setdefault(value.decode(), len(places)) for value in raw._uniques]  # noqa: SLF001  # as above
    refs = raw._dbfile.get_array(raw._basepos, raw._typecode, count)  # noqa: SLF001  # as above
    return array("i", [own[ref] for ref in refs])
