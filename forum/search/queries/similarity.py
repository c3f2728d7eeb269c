"""Posts like a text: for a reader who wants more of it, and for a writer who may be about to ask what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from forum.kernel import text as texts
from forum.kernel.access import ANONYMOUS, Actor
from forum.kernel.db import db
from forum.kernel.ids import PostId
from forum.posts import policy as posts
from forum.posts.cards import PostCard
from forum.posts.models import Post
from forum.posts.queries.cards import cards_by_id
from forum.search import tokens
from forum.search.ask import Ask
from forum.search.documents import Kind
from forum.search.engines.base import IndexMissing
from forum.search.index import engine
from forum.search.queries.seen import seen_by
from forum.search.words import LANGUAGES, base_of, stems_in, words_in

SHOWN = 4
# The words that a text uses most say what it is about; the engine takes the rarest of them.
TELLING = 40
LOOKED_AT = 8_000  # characters of it


def similar_posts(
    title: str,
    text: str = "",
    *,
    language: str = "",
    without: PostId | None = None,
    limit: int = SHOWN,
) -> tuple[PostCard, ...]:
    """Published posts that share most with these words, the likest first; () where nothing does, or without an index.

    `language` is that of the words, '' if nobody said; `without` is the post that they are of.
    """
    stems = _telling(title, text, language)
    if not stems:
        return ()
    ask = Ask(
        None,
        groups=(frozenset({tokens.kind(Kind.POST)}),),
        without=frozenset({tokens.document(Kind.POST, without)}) if without else frozenset(),
        seen=seen_by(ANONYMOUS),
    )
    try:
        hits = engine().similar(stems, ask, limit)
    except IndexMissing:
        return ()
    cards = cards_by_id(ANONYMOUS, [PostId(hit.id) for hit in hits]) if hits else {}
    return tuple(card for hit in hits if (card := cards.get(PostId(hit.id))) is not None)


def similar_to(post_id: PostId, actor: Actor) -> tuple[PostCard, ...]:
    """Posts like one that the actor may see."""
    row = db.session.execute(
        select(Post.title, Post.standfirst, Post.html, Post.language).where(Post.id == post_id, posts.visible_to(actor))
    ).first()
    if row is None:
        return ()
    words = f"{row.standfirst}\n{texts.plain(row.html)}"
    return similar_posts(row.title, words, language=row.language, without=post_id)


def _telling(title: str, text: str, language: str) -> Sequence[str]:
    """Stems in the order of how often they're used; those of the title first, since it says what it's about."""
    bases = [base_of(language)] if language else list(LANGUAGES)
    heads, bodies = words_in(title[:LOOKED_AT]), words_in(text[:LOOKED_AT])
    head = [stem for base in bases for stem in stems_in(heads, base)]
    common = Counter(stem for base in bases for stem in stems_in(bodies, base))
    return list(dict.fromkeys((*head, *(stem for stem, _ in common.most_common(TELLING)))))
