"""Words as the index knows them: folded, cut, stemmed. One analysis for both engines, so that they find the same.

Accents are folded before stemming, since people type without them and a stemmer sees different words. Each text is
stemmed in its own language; a query, whose language nobody knows, is looked up in every form (`forms`). English uses
Porter's second stemmer and Dutch Kraaij and Pohlmann's, both in C by PyStemmer: Whoosh's StemmingAnalyzer makes "runn"
of "running".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer
from whoosh.lang.stopwords import stoplists

from forum.search.compounds import parts_of

# Nobody looks for more; what is longer is an address or noise.
MAX_LENGTH = 40
_STEMMERS = {"en": "english", "nl": "dutch"}
LANGUAGES = tuple(_STEMMERS)

_LIGATURES = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ĳ": "ij"}
)
_POSSESSIVE = re.compile(r"['’]s\b")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case, without accents, compatibility forms or ligatures: "Één Œuvre" → "een oeuvre"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain.translate(_LIGATURES)


def words_in(text: str) -> list[str]:
    """Folded words in order. "1.900" is one number, "city's" is "city", "e-bike" is two words."""
    return [word[:MAX_LENGTH] for word in _WORD.findall(_POSSESSIVE.sub("", _THOUSANDS.sub("", fold(text))))]


def base_of(language: str) -> str:
    """`nl` of `nl-BE`."""
    return language.partition("-")[0].lower()


def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    return _stem(word, base_of(language))


@lru_cache(maxsize=50_000)
def _stem(word: str, base: str) -> str:
    # PyStemmer's objects aren't safe to share between threads; the cache makes a new one cheap enough.
    name = _STEMMERS.get(base)
    return Stemmer.Stemmer(name, 0).stemWord(word) if name else word


def stems_in(words: list[str], language: str) -> list[str]:
    """Stems of a text's words without those that mean nothing; of a Dutch compound its known parts, too.

    Where nobody said which language it is (names, places, what members write of themselves), all forms.
    """
    base = base_of(language)
    if not base:
        return [form for word in words if not is_empty(word) for form in forms(word)]
    stops = STOPS.get(base, frozenset())
    found = []
    for word in words:
        if word in stops:
            continue
        found.append(_stem(word, base))
        if base == "nl":
            found.extend(_stem(part, base) for part in parts_of(word))
    return found


@lru_cache(maxsize=10_000)
def forms(word: str) -> tuple[str, ...]:
    """Every form under which a word of a query may stand in the index."""
    return tuple(dict.fromkeys((word, *(_stem(word, base) for base in LANGUAGES))))


def is_empty(word: str) -> bool:
    """Whether a word is left out of some text's stems, so that nobody can be asked to have it."""
    return any(word in stops for stops in STOPS.values())


def meaning_words(words: list[str]) -> list[str]:
    """Those that a text's stems have; all of them where none does."""
    return [word for word in words if not is_empty(word)] or words


STOPS = {base: frozenset(fold(word) for word in stoplists[base]) for base in LANGUAGES}
