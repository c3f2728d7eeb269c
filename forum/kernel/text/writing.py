"""Shaped tokens as HTML. What needs words of the interface is left open for `present`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from urllib.parse import quote

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from forum.kernel.pictures import Picture
from forum.kernel.text.embeds import Card, Video
from forum.kernel.text.spans import CardWords
from forum.kernel.text.urls import shown_host

_LANGUAGE = re.compile(r"[a-z0-9][a-z0-9+#.-]{0,29}")
_SIGN = re.compile(r"[a-z]{2,20}")

# The column of text in the style sheet: 38.5rem, or what a phone leaves beside its margins.
SIZES = "(min-width: 44rem) 38.5rem, calc(100vw - 2rem)"

# The arrow alone, not the picture some systems make of it.
_BACK = "↩\ufe0e"

Draw = Callable[[Token, str], str]


def write(tokens: list[Token], scope: str) -> str:
    """HTML of our own making, every word in it escaped. `scope` starts the ids of footnotes."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts += [_draw(child, scope) for child in token.children or []]
        elif not token.hidden:
            parts.append(_draw(token, scope))
    return "".join(parts)


def _draw(token: Token, scope: str) -> str:
    return _DRAWN.get(token.type, _tag)(token, scope)


def _tag(token: Token, _scope: str) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
    return f"<{token.tag}{_attributes(token)}>"


def _attributes(token: Token) -> str:
    return "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())


def _text(token: Token, _scope: str) -> str:
    return escape(token.content, quote=False)


def _line_end(_token: Token, _scope: str) -> str:
    return "<br>\n"


def _code(token: Token, _scope: str) -> str:
    return f"<code>{escape(token.content, quote=False)}</code>"


def _code_block(token: Token, _scope: str) -> str:
    language = unescapeAll(token.info).strip().partition(" ")[0].lower()
    named = f' class="language-{language}"' if _LANGUAGE.fullmatch(language) else ""
    return f"<pre><code{named}>{escape(token.content, quote=False)}</code></pre>\n"


def _cell(token: Token, _scope: str) -> str:
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    scope = ' scope="col"' if token.tag == "th" else ""
    return f"<{token.tag}{scope}" + (f' class="{side}">' if side in {"center", "right"} else ">")


def _item(token: Token, scope: str) -> str:
    if "checked" not in token.meta:
        return _tag(token, scope)
    checked = " checked" if token.meta["checked"] else ""
    return f'<li class="task"><input class="task-box" type="checkbox" disabled{checked}> '


def _member(token: Token, _scope: str) -> str:
    username, name = token.meta["found"]
    href = f"/members/{quote(username, safe='')}"
    return f'<a class="mention" href="{href}" title="{escape(name)}">@{escape(username)}</a>'


def _topic(token: Token, _scope: str) -> str:
    name, sign = token.meta["found"]
    colour = f' data-topic="{sign}"' if _SIGN.fullmatch(sign) else ""
    return f'<a class="topic" href="/topics/{quote(token.meta["key"], safe="")}"{colour}>{escape(name)}</a>'


def _image(token: Token, _scope: str) -> str:
    """Width and height keep its place while it loads; the browser chooses a size that fits the column of text."""
    picture: Picture = token.meta["picture"]
    title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
    return (
        f'<img src="{picture.source}" srcset="{picture.sources}" sizes="{SIZES}" width="{picture.width}"'
        f' height="{picture.height}" alt="{escape(picture.alt)}"{title} loading="lazy" decoding="async">'
    )


def _file_note(token: Token, _scope: str) -> str:
    return f" <small>({escape(token.content)})</small>"


def _embed(token: Token, _scope: str) -> str:
    embed = token.meta["embed"]
    return _player(embed) if isinstance(embed, Video) else _card(embed)


def _player(video: Video) -> str:
    """Nothing of the provider's is in it but a link, which is what is left without scripts."""
    data = f'data-provider="{video.provider}" data-id="{video.id}"'
    data += f' data-key="{video.key}"' if video.key else ""
    data += f' data-start="{video.start}"' if video.start else ""
    link = f'<a class="video__poster" href="{escape(video.page)}"><span class="video__play"></span></a>'
    return f'<figure class="video" {data}>{link}<figcaption class="video__note"></figcaption></figure>\n'


def _card(card: Card) -> str:
    if card.words:
        return _fetched_card(card, card.words)
    host = f"<small>{escape(card.host)}</small>" if card.host else ""
    return f'<a class="linkcard" href="{escape(card.url)}">{host}<b>{escape(card.title)}</b></a>\n'


def _fetched_card(card: Card, words: CardWords) -> str:
    """The host always stands on it, since a page may call itself anything; `dir` keeps its words from turning ours."""
    host = shown_host(card.url)
    site = f"{words.site} · {host}" if words.site and words.site.casefold() != host else host
    text = f'<span class="linkcard__text" dir="auto">{escape(words.description)}</span>' if words.description else ""
    return (
        f'<a class="linkcard" href="{escape(card.url)}"><small>{escape(site)}</small>'
        f'<b dir="auto">{escape(words.title)}</b>{text}</a>\n'
    )


def _note_mark(token: Token, scope: str) -> str:
    number = token.meta["id"] + 1
    own = f"{scope}fnref-{_place(token)}"
    return f'<sup class="footnote-ref"><a href="#{scope}fn-{number}" id="{own}">{number}</a></sup>'


def _note_back(token: Token, scope: str) -> str:
    return f' <a class="footnote-backref" href="#{scope}fnref-{_place(token)}">{_BACK}</a>'


def _place(token: Token) -> str:
    """Of a mark or the way back to it: the note's number, and which of several marks it is."""
    number, repeated = token.meta["id"] + 1, token.meta["subId"]
    return f"{number}-{repeated + 1}" if repeated else f"{number}"


_DRAWN: Mapping[str, Draw] = {
    "text": _text,
    "softbreak": _line_end,
    "hardbreak": _line_end,
    "code_inline": _code,
    "code_block": _code_block,
    "fence": _code_block,
    "th_open": _cell,
    "td_open": _cell,
    "th_close": lambda _token, _scope: "</th>",
    "td_close": lambda _token, _scope: "</td>",
    "list_item_open": _item,
    "table_open": lambda _token, _scope: '<div class="table"><table>',
    "table_close": lambda _token, _scope: "</table></div>\n",
    "hr": lambda _token, _scope: "<hr>\n",
    "member": _member,
    "topic": _topic,
    "image": _image,
    "file_note": _file_note,
    "embed": _embed,
    "footnote_ref": _note_mark,
    "footnote_anchor": _note_back,
    "footnote_block_open": lambda _token, _scope: '<section class="footnotes"><ol>\n',
    "footnote_block_close": lambda _token, _scope: "</ol></section>\n",
    "footnote_open": lambda token, scope: f'<li id="{scope}fn-{token.meta["id"] + 1}">',
    "footnote_close": lambda _token, _scope: "</li>\n",
}
