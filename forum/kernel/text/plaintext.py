"""Words without markup, out of stored HTML: for search, for letters, for the lines under a title."""

from __future__ import annotations

import re
from html import unescape

# Two lines in a list on a wide screen, three on a phone.
EXCERPT = 240

_NOTE_MARKS = re.compile(r'<sup class="footnote-ref">.*?</sup>| ?<a class="footnote-backref".*?</a>', re.DOTALL)
_ADDRESSES = re.compile(r'<a class="(?:url|linkcard|video__poster)" href="(?:mailto:)?([^"]*)".*?</a>', re.DOTALL)
_EMBEDS = re.compile(r'<figure\b.*?</figure>|<a class="linkcard".*?</a>', re.DOTALL)
_ASIDE = re.compile(r'<pre>.*?</pre>|<section class="footnotes">.*?</section>|<h[2-4]\b.*?</h[2-4]>', re.DOTALL)
_BLOCK_ENDS = re.compile(
    r"</(?:p|h[2-4]|li|pre|tr|blockquote|figure|table|ul|ol)>|<(?:br|hr|ul\b[^>]*|ol\b[^>]*)>|</a>\n"
)
_CELL_ENDS = re.compile(r"</t[hd]>")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")


def plain(html: str) -> str:
    """Line by line; bare addresses in full, though the page shortens them."""
    text = _ADDRESSES.sub(r"\1</a>", _NOTE_MARKS.sub("", html))
    text = _CELL_ENDS.sub(" ", _BLOCK_ENDS.sub("\n", text))
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", text)).split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(html: str) -> str:
    """The first sentences in one line, without code, headings, notes, cards and players; of those if that is all."""
    body = _EMBEDS.sub("", _NOTE_MARKS.sub("", html))
    return cut(_line(_ASIDE.sub("", body)) or _line(body) or _line(plain(html)))


def count_words(html: str) -> int:
    """Those that are read: without addresses on lines of their own."""
    return len(_WORD.findall(_line(_EMBEDS.sub("", _NOTE_MARKS.sub("", html)))))


def _line(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _CELL_ENDS.sub(" ", _BLOCK_ENDS.sub("\n", html)))).split())


def cut(text: str) -> str:
    """A line of text as an excerpt: whole, or up to a word and an ellipsis."""
    if len(text) <= EXCERPT:
        return text
    head = text[:EXCERPT]
    words = head.rpartition(" ")[0]
    return (words if len(words) > EXCERPT // 2 else head[:-1]).rstrip(" ,;:–—-(") + "…"
