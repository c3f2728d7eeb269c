"""Who may add files, how large and how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from forum.kernel.access import Actor
from forum.kernel.ids import MemberId

MB = 1_000_000
# A photo of a good phone, or a report with pictures. Decided for the whole project.
MAX_FILE = 10 * MB
# What is read of a form with a file in it: a file that is somewhat too large still gets an answer with the words in it.
MAX_FORM = 24 * MB
# Two lines beside a picture; longer descriptions belong into the text.
MAX_ALT = 300
MAX_NAME = 120
DAY = timedelta(days=1)
# Long enough to come back to a draft after the holidays, or to put an older version back.
ORPHAN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Quota:
    """How much one member adds in 24 hours. `documents` says whether PDFs are among it."""

    files: int
    size: int
    documents: bool


# A newcomer's face, a post's picture and some tries. No documents: nobody has read a word of theirs yet, and a PDF is
# the usual wrapping of fraud.
NEW = Quota(files=10, size=30 * MB, documents=False)
# A photo report.
BASIC = Quota(files=40, size=150 * MB, documents=True)
# A conference day; still far below what fills a small server's disk in a week.
TRUSTED = Quota(files=150, size=500 * MB, documents=True)
QUOTAS: Mapping[int, Quota] = MappingProxyType({0: NEW, 1: BASIC, 2: TRUSTED, 3: TRUSTED, 4: TRUSTED})
# Of one picture and the next, in 24 hours: somebody who can't decide, and no more bytes than a few photos.
MAX_SQUARES = 100


def can_add(actor: Actor) -> bool:
    return actor.may_write


def quota_for(actor: Actor, *, lifted: bool) -> Quota | None:
    """None is no quota: for drills, where FORUM_RATE_LIMITS is off."""
    if lifted:
        return None
    return TRUSTED if actor.is_moderator else QUOTAS.get(actor.trust, NEW)


def is_owner(actor: Actor, owner_id: MemberId) -> bool:
    return actor.is_authenticated and actor.member_id == owner_id
