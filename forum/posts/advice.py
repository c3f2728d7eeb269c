"""Gentle remarks on a text for its author, before others read it. They never stand in the way."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext as ngettext

from forum.accounts.languages import own_name
from forum.kernel import text
from forum.kernel.errors import Words

# The first few of a kind show what is meant; a long list is read by nobody.
NAMED = 3


def advice_on(source: str, language: str) -> tuple[Words, ...]:
    """What could be better, most useful first. Nothing for a text that can't be drawn."""
    try:
        seen = text.observe(source)
    except text.TextRefused:
        return ()
    return tuple(_remarks(seen, language))


def _remarks(seen: text.Observed, language: str) -> Iterator[Words]:
    guessed = text.guess_language(seen.words)
    if guessed is not None and language.partition("-")[0] != guessed:
        yield _(
            "This reads like %(guess)s, but its language is set to %(chosen)s.",
            guess=own_name(guessed), chosen=own_name(language),
        )  # fmt: skip
    if seen.pictures:
        yield ngettext(
            "%(num)s picture has no description. Say between the square brackets what it shows.",
            "%(num)s pictures have no description. Say between the square brackets what they show.",
            seen.pictures,
        )
    for heading in seen.headings[:NAMED]:
        yield _("The heading “%(words)s” skips a level: use one # less.", words=heading)
    for words in dict.fromkeys(seen.links[:NAMED]):
        yield _("The link “%(words)s” doesn’t say where it leads. Link the words that do.", words=words)
    for address in seen.addresses[:NAMED]:
        yield _("The address %(address)s stands bare in a sentence. Put it behind words: [words](address).",
                address=_short(address))  # fmt: skip
    for start in seen.paragraphs[:NAMED]:
        yield _("The paragraph “%(start)s” is long. Readers on a phone are helped by a break.", start=start)


def _short(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:59]}…"
