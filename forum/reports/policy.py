"""Who may report what, and how much a report weighs."""

from __future__ import annotations

from datetime import timedelta

from forum.kernel.access import Actor
from forum.restrictions.subjects import Subject

# What a moderator has to read before they look.
MAX_DETAILS = 2_000
# Fewer decided reports say nothing about somebody's judgement (DOMAIN, "Trust").
DECIDED_FOR_ACCURACY = 6
# As much as a level and a half: who is always right weighs like two members, who never is weighs nothing.
MOST_ACCURACY = 5
# As long as notices keep a name: an appeal has half a year, the report of a year is written in the next.
WORDS_KEPT_FOR = timedelta(days=400)


def can_report(actor: Actor, subject: Subject) -> bool:
    """Somebody else's words that readers can read. Who may not write may not have others silenced either."""
    return actor.may_write and subject.is_readable and subject.author_id != actor.member_id


def score_of(level: int, upheld: int, rejected: int) -> int:
    """1, the reporter's level, and past accuracy: from all right to all wrong, plus to minus MOST_ACCURACY."""
    decided = upheld + rejected
    accuracy = 0 if decided < DECIDED_FOR_ACCURACY else round(MOST_ACCURACY * (upheld - rejected) / decided)
    return max(0, 1 + level + accuracy)
