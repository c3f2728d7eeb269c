"""The words that are watched for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid, Refused
from forum.kernel.lines import one_line
from forum.moderation import log
from forum.moderation.models import Outcome, WatchedWord
from forum.moderation.watching import check_pattern

MAX_LENGTH = 200
# More than anybody keeps an eye on; and all of them together have to stay quick.
MAX_WORDS = 500


def watch(actor: Actor, words: str, *, is_pattern: bool, outcome: str) -> WatchedWord:
    """From the next text on. Raises Forbidden, Invalid or Refused."""
    _check(actor)
    cleaned = words.strip() if is_pattern else one_line(words)
    _check_words(cleaned, outcome)
    check_pattern(cleaned, is_pattern=is_pattern)
    _check_room(cleaned, is_pattern=is_pattern)
    kept = WatchedWord(
        words=cleaned, is_pattern=is_pattern, outcome=outcome, added_by_id=actor.id, added_at=clock.now()
    )
    db.session.add(kept)
    log.append(log.Entry(action="watch"), actor.id)
    return kept


def unwatch(actor: Actor, word_id: int) -> None:
    """Twice is once. Raises Forbidden."""
    _check(actor)
    gone = db.session.scalar(delete(WatchedWord).where(WatchedWord.id == word_id).returning(WatchedWord.id))
    if gone is not None:
        log.append(log.Entry(action="unwatch"), actor.id)


def _check(actor: Actor) -> None:
    if not (actor.is_moderator and actor.may_write):
        raise Forbidden(_("Only moderators of the site watch words."))


def _check_words(words: str, outcome: str) -> None:
    if not words or len(words) > MAX_LENGTH:
        message = _("Write 1 to %(limit)s characters.", limit=MAX_LENGTH)
        raise Invalid(message, fields={"words": message})
    if outcome not in {Outcome.HOLD, Outcome.HIDE}:
        message = _("Choose what happens.")
        raise Invalid(message, fields={"outcome": message})


def _check_room(words: str, *, is_pattern: bool) -> None:
    same = (WatchedWord.words == words, WatchedWord.is_pattern == is_pattern)
    if db.session.scalar(select(WatchedWord.id).where(*same)) is not None:
        raise Refused(_("This is watched already."))
    if db.session.scalars(select(func.count(WatchedWord.id))).one() >= MAX_WORDS:
        raise Refused(_("There are %(limit)s watched words. Remove some first.", limit=MAX_WORDS))
