"""The checks. Each looks at one thing, has a name that moderators read, and says nothing of what it lets through."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from forum.kernel import clock
from forum.kernel.access import Right, Role
from forum.moderation.commands.open import Hit
from forum.moderation.holds.known import Known
from forum.moderation.holds.text import Text
from forum.moderation.models import Lane, Outcome, SubjectType
from forum.organisations.models import ApprovalPolicy, Verification
from forum.organisations.policy import SPEAKS
from forum.posts.models import CommentMode

# "First three": by then its people know how somebody writes in their name.
TRUSTED_AFTER = 3
# DOMAIN, "Trust": where the site says so.
FIRST_CONTRIBUTIONS = 2
# After something of an organisation's was removed, what it says waits this long.
STRIKE_LASTS = timedelta(days=90)
# A person doesn't write this many texts in a minute; a script does.
BURST = 8
# Said for the third time within a day, a text of more than a greeting's length is a leaflet.
REPEATS = 2
LINK = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>()\[\]]+")


@dataclass(frozen=True)
class Check:
    """`name` stands in hold_reasons; renaming one needs a migration."""

    name: str
    lane: Lane
    look: Callable[[Text, Known], Hit | None]


def _approval(text: Text, known: Known) -> Hit | None:
    """Its organisation wants to see first what is said in its name; a contributor's always."""
    voice = text.voice
    if voice is None or voice.right is Right.OWNER:
        return None
    waits = voice.right not in SPEAKS or voice.approval_policy == ApprovalPolicy.BELOW_OWNER
    if not waits and voice.approval_policy == ApprovalPolicy.FIRST_THREE:
        waits = known.said_for(voice.id) < TRUSTED_AFTER
    return Hit("approval", Outcome.HOLD, voice.name) if waits else None


def _institution(text: Text, _known: Known) -> Hit | None:
    """A newly verified organisation's first posts, an unverified one's words, and those after a strike."""
    voice = text.voice
    if voice is None or text.role is not Role.MEMBER:
        return None
    if voice.state != Verification.VERIFIED:
        return Hit("unverified", Outcome.HOLD, voice.name)
    if voice.struck_at is not None and voice.struck_at > clock.now() - STRIKE_LASTS:
        return Hit("strike", Outcome.HOLD, voice.name)
    if text.type is SubjectType.POST and voice.first_posts_left > 0:
        return Hit("first posts", Outcome.HOLD, voice.name)
    return None


def _first(text: Text, known: Known) -> Hit | None:
    is_new = text.trust == 0 and text.sent_before < FIRST_CONTRIBUTIONS
    waits = is_new and known.first_contributions_wait
    return Hit("first contribution", Outcome.HOLD) if waits else None


def _premoderated(text: Text, _known: Known) -> Hit | None:
    if text.type is SubjectType.COMMENT:
        waits = text.under.comment_mode == CommentMode.PREMODERATED and not text.under.looks_after
        return Hit("premoderated thread", Outcome.HOLD) if waits else None
    names = ", ".join(sorted(text.under.premoderated))
    return Hit("premoderated topic", Outcome.HOLD, names) if names else None


def _links(text: Text, known: Known) -> Hit | None:
    links = [one for one in LINK.findall(text.words) if not known.is_own(one)] if text.trust == 0 else []
    waits = links and known.newcomers_links_wait
    return Hit("newcomer’s link", Outcome.HOLD, ", ".join(links)[:200]) if waits else None


def _watched(text: Text, known: Known) -> Hit | None:
    """The strictest of the words that are found."""
    found = known.watched_in(text.words)
    if not found:
        return None
    outcome = Outcome.HIDE if any(one.outcome == Outcome.HIDE for one in found) else Outcome.HOLD
    return Hit("watched words", outcome, ", ".join(one.found for one in found)[:200])


def _repeat(text: Text, known: Known) -> Hit | None:
    waits = text.trust == 0 and known.watches_habits and known.same_words(text) >= REPEATS
    return Hit("repeat", Outcome.HOLD) if waits else None


def _speed(text: Text, known: Known) -> Hit | None:
    waits = text.trust == 0 and known.watches_habits and known.sent_in_a_minute(text) >= BURST
    return Hit("speed", Outcome.HOLD) if waits else None


# The first lane in which something is found takes it; what it passes there is looked at by the lanes after it.
CHECKS = (
    Check("approval", Lane.ON_BEHALF, _approval),
    Check("institution", Lane.INSTITUTIONAL, _institution),
    Check("watched words", Lane.NEW_MEMBERS, _watched),
    Check("first contribution", Lane.NEW_MEMBERS, _first),
    Check("premoderated", Lane.NEW_MEMBERS, _premoderated),
    Check("links", Lane.NEW_MEMBERS, _links),
    Check("repeat", Lane.NEW_MEMBERS, _repeat),
    Check("speed", Lane.NEW_MEMBERS, _speed),
)
