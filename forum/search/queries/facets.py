"""The filters beside the results, each value with how many hits it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.search import kinds
from forum.search.ask import Ask, Counts
from forum.search.index import engine
from forum.search.queries.resolve import Meant

MOST_TOPICS = 12


@dataclass(frozen=True)
class Value:
    """`count` is None where there are too many hits to count."""

    value: str
    words: Words
    count: int | None
    on: bool


@dataclass(frozen=True)
class Facet:
    name: str
    words: Words
    values: tuple[Value, ...]


def facets(meant: Meant, ask: Ask) -> tuple[Facet, ...]:
    """Each is counted as if its own filter were off, so that it says what else there is."""
    counted = _Counted(ask)
    made = (_kinds(meant, counted), _topics(meant, counted), _languages(meant, counted))
    return tuple(one for one in made if one.values)


class _Counted:
    """One look at the index for each different question."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self._kept: dict[Ask, Counts | None] = {}

    def without(self, is_own: Callable[[str], bool]) -> Counts | None:
        groups = tuple(group for group in self.ask.groups if not all(map(is_own, group)))
        ask = replace(self.ask, groups=groups)
        if ask not in self._kept:
            self._kept[ask] = engine().counts(ask)
        return self._kept[ask]


def _kinds(meant: Meant, counted: _Counted) -> Facet:
    counts = counted.without(lambda token: token.startswith(("k:", "pk:")))
    values = (
        Value(one.value, one.words, counts.kinds.get(one.value, 0) if counts else None, one.value in meant.wish.kind)
        for one in kinds.KINDS
    )
    return Facet("kind", _("Kind"), tuple(_worth_showing(values)))


def _topics(meant: Meant, counted: _Counted) -> Facet:
    counts = counted.without(lambda token: token.startswith("t:"))
    values = [Value(one.slug, one.name, _count(counts, one.id), one.slug in meant.wish.topic) for one in meant.topics]
    shown = sorted(_worth_showing(values), key=lambda one: (not one.on, -(one.count or 0)))
    return Facet("topic", _("Topic"), tuple(shown[:MOST_TOPICS]))


def _count(counts: Counts | None, topic_id: int) -> int | None:
    return counts.topics.get(topic_id, 0) if counts else None


def _languages(meant: Meant, counted: _Counted) -> Facet:
    counts = counted.without(lambda token: token.startswith("l:"))
    found = sorted(counts.languages.items(), key=lambda one: -one[1]) if counts else []
    values = [Value(code, kinds.language_name(code), count, code == meant.wish.language) for code, count in found]
    return Facet("language", _("Language"), tuple(values) if len(values) > 1 or meant.wish.language else ())


def _worth_showing(values: Iterable[Value]) -> Iterator[Value]:
    return (one for one in values if one.on or one.count is None or one.count > 0)
