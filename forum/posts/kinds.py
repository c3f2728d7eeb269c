"""What sets the four kinds of post apart in a list."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.posts.models import PostKind

# Silent reading of prose: 238 words a minute in English, fewer in longer-worded languages (Brysbaert 2019).
WORDS_A_MINUTE = 220

NAMES: Mapping[PostKind, Words] = {
    PostKind.ARTICLE: _("Article"),
    PostKind.QUESTION: _("Question"),
    PostKind.REQUEST: _("Request"),
    PostKind.EVENT: _("Event"),
}
_NOTES: Mapping[tuple[str, bool], Words] = {
    (PostKind.QUESTION, False): _("Question"),
    (PostKind.QUESTION, True): _("Answered question"),
    (PostKind.REQUEST, False): _("Request"),
    (PostKind.REQUEST, True): _("Answered request"),
    (PostKind.EVENT, False): _("Event"),
}


def note_of(kind: str, *, answered: bool) -> Words:
    """The tag beside a title; empty for an article, which is what a post is unless it says otherwise."""
    return _NOTES.get((kind, answered), "")


def minutes_of(words: int) -> int:
    """Whole minutes that reading takes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))
