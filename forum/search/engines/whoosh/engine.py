"""Whoosh behind the interface of engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from heapq import nlargest
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import query as q
from whoosh.index import FileIndex

from forum.kernel import clock
from forum.search import tokens
from forum.search.ask import COUNTED, DEEPEST, AllOf, Ask, Counts, Field, Found, Hit, Seen, Sort, Word
from forum.search.engines.base import Build, Engine, IndexMissing, Progress, State, Write
from forum.search.engines.whoosh import bounding, building, schema, skipping
from forum.search.engines.whoosh.bounding import TO_COUNT_S, gathered, search_within
from forum.search.engines.whoosh.compiling import Compiler
from forum.search.engines.whoosh.places import Places
from forum.search.engines.whoosh.reading import Opened, Readers
from forum.search.engines.whoosh.storage import Folder
from forum.search.engines.whoosh.writing import LiveWrite, merge_by_night, write_to
from forum.search.ranking import best_first, worth
from forum.search.spelling import begun_otherwise, slips_allowed

# Of a name; there are far fewer of them than of words.
SHORTEST_NAME = 2
SORTED_BY = {Sort.NEWEST: "at", Sort.TOP: "recommended"}
# A word in more than this share of documents tells nothing of what a text is about.
COMMON = 0.1


class WhooshEngine(Engine):
    name = "whoosh"

    def __init__(self, folder: Path) -> None:
        skipping.mend()
        bounding.watch()
        self.places = Places(folder)
        self.readers = Readers(self.places)
        self._well: object = None

    # --- reading

    def search(self, ask: Ask) -> Found:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return Found((), 0)
            query = Compiler(opened.searcher.reader(), ask.field).matching(ask)
            hidden = _hidden(opened, ask)
            if ask.sort is Sort.RELEVANCE and ask.wanted is not None:
                return _best(opened, query, hidden)
            return _sorted(opened, query, hidden, SORTED_BY.get(ask.sort, "at"))

    def counts(self, ask: Ask) -> Counts | None:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return Counts({}, {}, {})
            query = Compiler(opened.searcher.reader(), ask.field).matching(ask)
            numbers, is_all = gathered(_countable(opened, query, _hidden(opened, ask)))
            if len(numbers) > COUNTED or not is_all:
                return None
            kinds, filed, languages = (_tally(opened, name, numbers) for name in ("kind", "filed", "language"))
            topics: Counter[int] = Counter()
            for ids, count in filed.items():
                topics.update(dict.fromkeys(map(int, ids.split()), count))
            return Counts(kinds, dict(topics), languages)

    def named(self, words: Sequence[str], kinds: Sequence[str], each: int, seen: Seen) -> tuple[Hit, ...]:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return ()
            compiler = Compiler(opened.searcher.reader(), Field.ALL)
            compiler.fields, compiler.shortest = ("title",), SHORTEST_NAME
            wanted = AllOf((*(Word(one) for one in words[:-1]), Word(words[-1], prefix=True)))
            found: list[Hit] = []
            for kind in kinds:
                ask = Ask(wanted, (frozenset({tokens.kind(kind)}),), seen=seen)
                query, hidden = compiler.matching(ask), _hidden(opened, ask)
                found.extend(_hits(opened, search_within(opened.searcher, query, each, hidden)[0].top_n))
            return tuple(found)

    def similar(self, stems: Sequence[str], ask: Ask, limit: int) -> tuple[Hit, ...]:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return ()
            reader = opened.searcher.reader()
            most = max(5, int(reader.doc_count() * COMMON))
            rare = [one for one in dict.fromkeys(stems) if 0 < reader.doc_frequency("body", one) <= most]
            rare.sort(key=lambda one: reader.doc_frequency("body", one))
            terms = [q.Term(field, one) for one in rare[:12] for field in ("body", "head")]
            if not terms:
                return ()
            query = Compiler(reader).within(ask, q.Or(terms))
            hidden = _hidden(opened, ask)
            return best_first(_hits(opened, search_within(opened.searcher, query, limit, hidden)[0].top_n))

    def near(self, word: str, limit: int) -> tuple[str, ...]:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return ()
            reader = opened.searcher.reader()
            for slips in range(1, slips_allowed(word) + 1):
                if found := _near(reader, word, slips):
                    return tuple(sorted(found, key=lambda one: (-reader.doc_frequency("exact", one), one))[:limit])
            return ()

    def knows(self, words: Sequence[str]) -> frozenset[str]:
        with self.readers.reading() as opened:
            if opened.is_empty:
                return frozenset()
            reader = opened.searcher.reader()
            return frozenset(one for one in words if any((field, one) in reader for field in ("exact", "body", "head")))

    # --- writing

    def create(self) -> None:
        try:
            Opened(self.places.live())
        except Exception:  # there is none, or one that can't be read
            path = self.places.fresh()
            FileIndex.create(Folder(path), schema.make(), "MAIN")
            self.places.enliven(path)

    def writing(self) -> Write:
        return LiveWrite(self.places)

    def trouble(self) -> str:
        """Opened only where something looks otherwise than when it was last found well: an idle worker asks often."""
        looks = self.places.looks()
        if looks and looks == self._well:
            return ""
        trouble = self._trouble()
        self._well = None if trouble else looks
        return trouble

    def _trouble(self) -> str:
        try:
            opened = Opened(self.places.live())
        except IndexMissing:
            return "there is none"
        except Exception as error:  # damage shows itself in any way
            return f"it can't be read ({type(error).__name__})"
        broken = self.places.broken_seals(opened.files)
        if broken:
            return f"{broken[0]} is damaged"
        return "a reader met an error in it" if self.places.is_suspect() else ""

    def state(self) -> State:
        with self.readers.reading() as opened:
            size = sum(path.stat().st_size for path in opened.path.iterdir())
            return State(self.name, opened.searcher.doc_count(), len(opened.files), size)

    def optimise(self) -> None:
        with self.places.lock("writer"):
            writer = write_to(self.places.live())
            writer.commit(mergetype=merge_by_night)
            opened = Opened(self.places.live())
            self.places.seal(opened.files)

    # --- building

    def begin(self) -> None:
        building.begin(self.places)

    def is_building(self) -> bool:
        return self.places.is_building()

    @contextmanager
    def building(self) -> Iterator[Build]:
        with self.places.lock("build"):
            build = building.WhooshBuild(self.places)
            try:
                yield build
            except BaseException:
                build.cancel()
                raise
            build.save()

    def progress(self) -> Progress | None:
        return building.progress_in(self.places)


def _near(reader: Any, word: str, slips: int) -> set[str]:
    """Among words with the same first letter, and past it one slip: looking through all of them took 300 ms."""
    found = set(reader.terms_within("exact", word, slips, prefix=1))
    found.update(one for one in begun_otherwise(word) if ("exact", one) in reader)
    return found - {word}


def _best(opened: Opened, query: Any, hidden: frozenset[int]) -> Found:
    """The best of the words' scores, in the order that age and recommendations give them."""
    results, is_all = search_within(opened.searcher, query, DEEPEST, hidden)
    hits = _hits(opened, results.top_n)
    if len(hits) < DEEPEST:
        return Found(best_first(hits), len(hits), more=not is_all)
    numbers, is_all = gathered(_countable(opened, query, hidden), TO_COUNT_S)
    total = max(len(numbers), len(hits))
    return Found(best_first(hits), min(total, COUNTED), more=total > COUNTED or not is_all)


def _sorted(opened: Opened, query: Any, hidden: frozenset[int], by: str) -> Found:
    numbers, is_all = gathered(_matching(opened, query, hidden))
    values = opened.columns.numbers(by)
    top = nlargest(DEEPEST, numbers, key=lambda number: (values[number], number))
    return Found(
        tuple(_hits(opened, [(0.0, one) for one in top])),
        min(len(numbers), COUNTED),
        len(numbers) > COUNTED or not is_all,
    )


def _hits(opened: Opened, scored: Iterable[tuple[float, int]]) -> list[Hit]:
    columns, now, found = opened.columns, clock.now(), []
    for score, number in scored:
        kind = columns.texts("kind")[number]
        at, recommended = columns.numbers("at")[number], columns.numbers("recommended")[number]
        value = worth(score, kind, at, recommended, now)
        found.append(Hit(kind, columns.numbers("number")[number], columns.numbers("post")[number], value))
    return found


def _hidden(opened: Opened, ask: Ask) -> frozenset[int]:
    """Numbers of documents that aren't for these eyes, or of another time.

    What is held is little, so that leaving it out costs next to nothing; asking of each document whether it may be
    found would cost as much as the words.
    """
    hidden = _with(opened, "held", tokens.HELD)
    for one in ask.seen.allowed:
        hidden -= _with(opened, "held", one)
    for tag in ask.seen.gone:
        hidden |= frozenset(opened.searcher.docs_for_query(q.Term("tags", tag)))
    if ask.since or ask.until:
        since = ask.since.timestamp() if ask.since else float("-inf")
        until = ask.until.timestamp() if ask.until else float("inf")
        times = opened.columns.numbers("at")
        hidden |= {number for number, at in enumerate(times) if not since <= at < until}
    return hidden


def _with(opened: Opened, field: str, token: str) -> frozenset[int]:
    if token not in opened.held:
        opened.held[token] = frozenset(opened.searcher.docs_for_query(q.Term(field, token)))
    return opened.held[token]


def _needed(query: Any) -> Any:
    """Without what only weighs."""
    return query.a if isinstance(query, q.AndMaybe) else query


def _matching(opened: Opened, query: Any, hidden: frozenset[int]) -> Iterator[int]:
    found = opened.searcher.docs_for_query(_needed(query))
    return (number for number in found if number not in hidden)


def _countable(opened: Opened, query: Any, hidden: frozenset[int]) -> Iterator[int]:
    """Up to just past COUNTED."""
    return islice(_matching(opened, query, hidden), COUNTED + 1)


def _tally(opened: Opened, name: str, numbers: Iterable[int]) -> dict[str, int]:
    column = opened.columns.texts(name)
    counted = Counter(column.refs[number] for number in numbers)
    return {column.values[ref]: count for ref, count in counted.items() if column.values[ref]}
