"""Words that fall as they do in a language: a few all the time, most of them hardly ever (Zipf's law)."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

SIZE = 12_000
# Zipf and Mandelbrot: frequency ~ 1 / (rank + SHIFT) ** STEEPNESS; values as measured on English prose.
SHIFT, STEEPNESS = 2.7, 1.07
# Sentences have 13 words in the middle, and many are much shorter or longer.
SENTENCE_MEDIAN, SENTENCE_SPREAD, SENTENCE_MOST = 13, 0.5, 45

_SMALL = """
the of and to a in that is it for on with as was we are be at this by have not from or an they but which what all when
there can more if no out so up about into than them only other new some could time two may then do first any our now
like over such most even made after also did many before must through back years where much way well down should because
each just those how too little good very make still own see work long here between both under never same another while
last might us great since against come right three few use place again few without within around however
"""
_CITY = """
city street square bridge tram quay canal roof grid heat pump pilot budget council resident neighbour tenant district
block school library market depot bench tree sewer rain pavement cargo bicycle bus stop timetable permit tender contract
sensor register data privacy energy meter battery charger insulation boiler district network utility company university
survey evaluation lesson failure scale rollout copy partner alderman procedure rule deadline subsidy invoice cost saving
maintenance engineer planner adviser volunteer panel meeting minutes decision question answer complaint noise parking
loading zone delivery parcel waste stone concrete timber paint lamp playground garden shade flood drain water level
measure result figure report method interview letter sign screen software supplier licence standard agreement
clause signature public private shared common local national regional european winter summer morning night shift driver
child parent pupil teacher nurse shop restaurant harbour ferry lock dike tunnel viaduct crossing corner facade door
kitchen bath window glass wall floor cellar attic plan map model test trial phase proposal draft vote majority debate
promise trust patience luck weather spring autumn weekend holiday evening
"""
_ONSETS = list("bdfghjklmnprstvwz")
_VOWELS = [*"aeiou", "aa", "ee", "oe", "ie"]
_CODAS = ["", "", "", *"nrlstmk", "st"]


@cache
def _lexicon() -> tuple[list[str], list[float]]:
    """Words by rank and their cumulative weights. The same for every seed, so that a search finds what another did."""
    rng = Random("words")  # noqa: S311  # nothing secret about it
    words = dict.fromkeys(_SMALL.split() + _CITY.split())
    while len(words) < SIZE:
        words.setdefault(_invented(rng, rng.randint(2, 3)))
    weights = [1 / (rank + SHIFT) ** STEEPNESS for rank in range(1, SIZE + 1)]
    return list(words), list(accumulate(weights))


def _invented(rng: Random, syllables: int) -> str:
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables))


def words(rng: Random, count: int) -> list[str]:
    lexicon, weights = _lexicon()
    return rng.choices(lexicon, cum_weights=weights, k=count)


def sentence(rng: Random) -> str:
    """Plain letters, commas and a mark at the end: nothing in it means anything in Markdown."""
    length = int(SENTENCE_MEDIAN * rng.lognormvariate(0, SENTENCE_SPREAD))
    found = words(rng, min(max(length, 2), SENTENCE_MOST))
    for place in range(6, len(found) - 3, 9):
        found[place] += ","
    return f"{' '.join(found).capitalize()}{_mark(rng)}"


def _mark(rng: Random) -> str:
    luck = rng.random()
    return "." if luck < 0.88 else "?" if luck < 0.96 else "!"


def title(rng: Random) -> str:
    """Four to ten words that carry something."""
    found = [word for word in words(rng, 40) if len(word) > 3][: rng.randint(4, 10)]
    return " ".join(found).capitalize()


def name(rng: Random) -> str:
    """Of a place or a person that doesn't exist."""
    return _invented(rng, rng.choice((2, 2, 2, 3))).capitalize()
