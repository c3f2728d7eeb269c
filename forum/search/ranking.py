"""How words, age and recommendations make an order.

BM25F says how well the words fit. To it, mild signals are multiplied that say how good the text is whatever was asked,
in the form of Craswell, Robertson, Zaragoza and Taylor, "Relevance weighting for query independent evidence" (SIGIR
2005): w · s / (k + s), which grows quickly at first and never past w. So a tenth recommendation counts and a hundredth
hardly, and among texts that fit alike the newer and the more recommended come first, but none comes before one that
fits clearly better.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from forum.search.ask import Hit

FRESH_WEIGHT, FRESH_HALF_DAYS = 0.12, 180  # half of it after half a year
LIKED_WEIGHT, LIKED_HALF = 0.12, 12  # half of it at twelve recommendations
# What carries the words as its own name is what was looked for; a comment is part of a discussion. A member's name is a
# title anyway, and what they say of themselves is short, which BM25 takes for much.
KIND = {"post": 1.0, "comment": 0.8, "organisation": 1.1, "member": 0.9, "topic": 1.1}


def worth(score: float, kind: str, at: float, recommended: int, now: datetime) -> float:
    """The score of the words, and a little. `at` in seconds since 1970."""
    age = max(0.0, now.timestamp() - at) / 86_400
    fresh = FRESH_WEIGHT * FRESH_HALF_DAYS / (FRESH_HALF_DAYS + age) if kind in {"post", "comment"} else 0.0
    liked = LIKED_WEIGHT * recommended / (LIKED_HALF + recommended) if recommended > 0 else 0.0
    return score * KIND.get(kind, 1.0) * (1 + fresh + liked)


def best_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Equal ones in a fixed order, so that a page turned holds no hit twice."""
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.kind, -hit.id)))
