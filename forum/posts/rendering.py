"""Turns what was typed into what is stored. Called before a transaction opens: it may take a while."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import lazy_gettext as _

from forum.kernel import text
from forum.kernel.errors import Invalid
from forum.media.cards import own_post, words_for
from forum.media.queries import files_by_key
from forum.posts.queries.own_cards import posts_on_cards
from forum.topics.names import known


def render(source: str) -> text.Rendered:
    """With the members, topics and files that it names. Raises what text.render does."""
    names = text.names_in(source)
    return text.render(source, replace(known(names), files=files_by_key(names.files), cards=_cards(names.links)))


def _cards(urls: frozenset[str]) -> dict[str, text.CardWords]:
    """Posts of this site speak for themselves, others in the words that were fetched."""
    own = {url: post_id for url in urls if (post_id := own_post(url)) is not None}
    return {**words_for(urls - own.keys()), **(posts_on_cards(own) if own else {})}


def render_body(source: str) -> text.Rendered:
    """For posts and comments: names linked where they are known. Raises Invalid, with the field `body`."""
    try:
        return render(source)
    except text.TextTooLong as error:
        words = _(
            "Shorten the text to %(limit)s characters: it has %(length)s now.", limit=error.limit, length=error.length
        )
    except text.TextRefused:
        words = _("This text has too many lines or brackets to be drawn. Split it, or take some out.")
    raise Invalid(words, fields={"body": words})
