"""Three walls, though the HTML that comes in is our own: each has to fail before something gets through.

nh3 is the boundary. bleach is the house's policy: which value each attribute may have. Last, every address is
checked once more, since bleach takes `javascript:123` for a host and a port.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from html import escape, unescape

import nh3
from bleach.sanitizer import Cleaner  # type: ignore[import-untyped]  # it has no types

from forum.kernel.pictures import KEY
from forum.kernel.text.errors import TextTooDense
from forum.kernel.text.urls import is_own_picture, is_safe
from forum.kernel.text.writing import SIZES

# Tags and attributes in what nh3 lets through; bleach takes 20 to 50 µs for each, and a third of that for an entity.
# This many are one every four characters of the longest text, and 0.3 s.
MAX_MARKUP = 8_000

USER_LINK = "nofollow ugc noopener"

_ID = r"[a-z][a-z0-9]*-(?:h-[\w-]+|fn(?:ref)?-[0-9]+(?:-[0-9]+)?)"
_ANYTHING = r"(?s:.*)"

# Tag → attribute → the values it may have. Nothing else comes out.
_ALLOWED: Mapping[str, Mapping[str, str]] = {
    "a": {
        "class": "mention|topic|url|picture-link|file|linkcard|video__poster|footnote-backref",
        "href": _ANYTHING,
        "id": _ID,
        "title": _ANYTHING,
        "data-topic": "[a-z]{2,20}",
    },
    "b": {"dir": "auto"},
    "blockquote": {},
    "br": {},
    "code": {"class": r"language-[a-z0-9][a-z0-9+#.-]{0,29}"},
    "div": {"class": "table"},
    "em": {},
    "figcaption": {"class": "video__note"},
    "figure": {
        "class": "video",
        "data-provider": "youtube|vimeo",
        "data-id": r"[A-Za-z0-9_-]{1,12}",
        "data-key": "[0-9a-f]{6,20}",
        "data-start": "[0-9]{1,7}",
    },
    "h2": {"id": _ID},
    "h3": {"id": _ID},
    "h4": {"id": _ID},
    "hr": {},
    "img": {
        "src": _ANYTHING,
        "srcset": rf"(?:/media/{KEY}/[0-9]{{2,4}}\.webp [0-9]{{2,4}}w(?:, |\Z))+",
        "sizes": re.escape(SIZES),
        "width": "[0-9]{1,4}",
        "height": "[0-9]{1,4}",
        "alt": _ANYTHING,
        "title": _ANYTHING,
        "loading": "lazy",
        "decoding": "async",
    },
    "input": {"class": "task-box", "type": "checkbox", "disabled": "", "checked": ""},
    "li": {"class": "task", "id": _ID},
    "ol": {"start": "[0-9]{1,9}"},
    "p": {},
    "pre": {},
    "s": {},
    "section": {"class": "footnotes"},
    "small": {},
    "span": {"class": "video__play|linkcard__text", "dir": "auto"},
    "strong": {},
    "sup": {"class": "footnote-ref"},
    "table": {},
    "tbody": {},
    "td": {"class": "center|right"},
    "th": {"class": "center|right", "scope": "col"},
    "thead": {},
    "tr": {},
    "ul": {},
}
_VALUES = {tag: {name: re.compile(value) for name, value in names.items()} for tag, names in _ALLOWED.items()}
_TAGS = frozenset(_ALLOWED)
_SCHEMES = {"http", "https", "mailto"}

_BOUNDARY = nh3.Cleaner(
    tags=_TAGS,
    attributes={tag: set(names) for tag, names in _ALLOWED.items()},
    url_schemes=_SCHEMES,
    link_rel=None,
)
# Readers of HTML drop it where a text begins, which may be where the first pass took something away.
_BYTE_ORDER_MARK = "\ufeff"
_mine = threading.local()
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)(?:="([^"]*)")?')


def sanitise(html: str) -> str:
    """Raises TextTooDense. Doing it twice changes nothing."""
    bounded = _BOUNDARY.clean(html).replace(_BYTE_ORDER_MARK, "")
    if bounded.count("<") + bounded.count('="') + bounded.count("&") // 3 > MAX_MARKUP:
        raise TextTooDense("too much markup")
    return _recheck(_house().clean(bounded))


def _house() -> Cleaner:
    """A Cleaner keeps state while it works, so threads can't share one. Making it takes as long as a short text."""
    if not hasattr(_mine, "cleaner"):
        _mine.cleaner = Cleaner(tags=_TAGS, attributes=_is_allowed, protocols=_SCHEMES, strip=True)
    cleaner: Cleaner = _mine.cleaner
    return cleaner


def _is_allowed(tag: str, name: str, value: str) -> bool:
    pattern = _VALUES.get(tag, {}).get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


def _recheck(html: str) -> str:
    """What isn't a tag exactly as the house writes them becomes text."""
    parts: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        parts.append(html[end : tag.start()].replace("<", "&lt;"))
        parts.append(_rewritten(tag) if tag[2] in _VALUES else escape(tag[0]))
        end = tag.end()
    parts.append(html[end:].replace("<", "&lt;"))
    return "".join(parts)


def _rewritten(tag: re.Match[str]) -> str:
    closing, name, written = tag.groups()
    if closing or not written:
        return f"<{closing}{name}>"
    given = {attribute[1]: unescape(attribute[2] or "") for attribute in _ATTRIBUTE.finditer(written)}
    kept = {key: given[key] for key in _ALLOWED[name] if key in given and _is_allowed(name, key, given[key])}
    if name == "a":
        _recheck_link(kept)
    elif name == "img" and not is_own_picture(kept.get("src", "")):
        return escape(kept.get("alt", ""), quote=False)
    return f"<{name}{''.join(_attribute(key, value) for key, value in kept.items())}>"


def _recheck_link(kept: dict[str, str]) -> None:
    url = kept.get("href", "")
    if not is_safe(url):
        kept.pop("href", None)
    elif not url.startswith("#") and not _is_call(kept.get("class", ""), url):
        kept["rel"] = USER_LINK


def _is_call(kind: str, url: str) -> bool:
    """Made by us from a name somebody called, and leading to that member or topic."""
    return (kind == "mention" and url.startswith("/members/")) or (kind == "topic" and url.startswith("/topics/"))


def _attribute(name: str, value: str) -> str:
    return f" {name}" if name in {"disabled", "checked"} else f' {name}="{escape(value)}"'
