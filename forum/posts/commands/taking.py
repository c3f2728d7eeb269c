"""Says that words of a form are stored, so that the copy in the member's account is never offered again."""

from __future__ import annotations

from forum.kernel.access import Actor
from forum.kernel.events import record
from forum.posts.events import WordsTaken
from forum.posts.places import Kept


def take_words(actor: Actor, kept: Kept | None, place: str) -> None:
    """Nothing where the form knew of no copy: what is kept there is of another page, and isn't sent yet."""
    if kept is not None:
        record(WordsTaken(actor.id, place, kept.writer, kept.sequence))
