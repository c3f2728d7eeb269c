"""From what is asked to Whoosh's queries.

What has to match is looked up in two fields, the body and everything above it. The fields that only weigh are read
just for documents that match already (AndMaybe), so four fields cost little more than two. DefaultOr and not Or, which
in a small index reads 2,048 documents ahead whatever is asked: 10 ms where a tree of matchers takes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from whoosh import query as q
from whoosh.query.compound import DefaultOr

from forum.search.ask import AllOf, AnyOf, Ask, Field, Part, Phrase, Without, Word
from forum.search.engines.whoosh.schema import EXACT, NAMES, TITLE, TOPICS
from forum.search.words import forms

# A prefix of three letters over 200 words took 6.5 s; four letters and a few of the commonest take milliseconds.
SHORTEST_PREFIX = 4
LOOKED_AT, EXPANSIONS = 60, 8
PREFIX_WEIGHT = 0.4


class Compiler:
    """For one reader, since an unfinished word is completed from the words it has."""

    def __init__(self, reader: Any, field: Field = Field.ALL) -> None:
        self.reader = reader
        self.shortest = SHORTEST_PREFIX
        self.fields = {Field.TITLE: ("title",), Field.BODY: ("body",)}.get(field, ("body", "head"))

    def matching(self, ask: Ask) -> Any:
        """Words and filters, with the weights of titles and names."""
        if ask.wanted is None:
            return self.within(ask, q.Every())
        return self.weighed(self.within(ask, self.needed(ask.wanted)), ask.wanted)

    def weighed(self, needed: Any, part: Part) -> Any:
        extra = list(self.weights(part))
        return q.AndMaybe(needed, DefaultOr(extra)) if extra else needed

    def within(self, ask: Ask, wanted: Any) -> Any:
        """Filters score nothing. As terms of an And: Whoosh's Require finds what it should leave out."""
        filters = [_any(tags) for tags in ask.groups]
        if filters:
            wanted = q.And([wanted, *filters])
        return q.AndNot(wanted, _any(ask.without)) if ask.without else wanted

    def needed(self, part: Part) -> Any:
        if isinstance(part, Word):
            return self._word(part)
        if isinstance(part, Phrase):
            return self._phrase(part)
        if isinstance(part, AnyOf):
            return DefaultOr([self.needed(one) for one in part.parts])
        if isinstance(part, AllOf):
            return self._all(part)
        return q.AndNot(q.Every(), self.needed(part.part))

    def _all(self, part: AllOf) -> Any:
        wanted = [self.needed(one) for one in part.parts if not isinstance(one, Without)]
        refused = [self.needed(one.part) for one in part.parts if isinstance(one, Without)]
        found = q.And(wanted) if len(wanted) > 1 else wanted[0] if wanted else q.Every()
        return q.AndNot(found, DefaultOr(refused)) if refused else found

    def _word(self, word: Word) -> Any:
        terms = [q.Term(field, form) for field in self.fields for form in forms(word.text)]
        if word.prefix and len(word.text) >= self.shortest:
            known = set(forms(word.text))
            more = [one for one in self.completions(word.text) if one not in known]
            terms += [q.Term(field, one, boost=PREFIX_WEIGHT) for field in self.fields for one in more]
        return DefaultOr(terms)

    def completions(self, start: str) -> list[str]:
        """The commonest words that begin so."""
        found: dict[str, int] = {}
        for field in self.fields:
            for raw in islice(self.reader.expand_prefix(field, start), LOOKED_AT):
                word = raw.decode() if isinstance(raw, bytes) else raw
                found[word] = found.get(word, 0) + self.reader.doc_frequency(field, word)
        return sorted(found, key=lambda word: -found[word])[:EXPANSIONS]

    def _phrase(self, phrase: Phrase) -> Any:
        exact = q.Phrase("exact", list(phrase.words)) if len(phrase.words) > 1 else q.Term("exact", phrase.words[0])
        if len(self.fields) > 1:
            return exact
        inside = [self._word(Word(word)) for word in phrase.words]
        return q.And([exact, *inside])

    def weights(self, part: Part) -> Iterator[Any]:
        """What a match counts for more by."""
        for word in _plain_words(part):
            for form in forms(word):
                yield q.Term("title", form, boost=TITLE)
                yield q.Term("topics", form, boost=TOPICS)
            yield q.Term("names", word, boost=NAMES)
            yield q.Term("exact", word, boost=EXACT)


def _plain_words(part: Part) -> Iterator[str]:
    if isinstance(part, Word):
        yield part.text
    elif isinstance(part, Phrase):
        yield from part.words
    elif not isinstance(part, Without):
        for one in part.parts:
            yield from _plain_words(one)


def _any(tags: Iterable[str]) -> Any:
    terms = [q.Term("tags", tag, boost=0) for tag in sorted(tags)]
    return DefaultOr(terms) if len(terms) > 1 else terms[0]
