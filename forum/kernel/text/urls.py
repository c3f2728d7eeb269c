"""Which addresses may be linked, and how one is shown to a reader."""

from __future__ import annotations

import re
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from forum.kernel.text.source import without_unseen

# Longer ones don't survive in browsers, mail programs and proxies; nor would their cost here be bounded.
MAX_URL = 2_000

# The name system's limit for what stands between two dots. Punycode takes the square of its length.
MAX_LABEL = 63

# One line of a comment on a phone held wide, two on one held upright.
MAX_SHOWN = 64

_REST = r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]*"
_HOST = r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]{2,45}\]"

# Nothing stands between the slashes and the host: `https://bank.example@elsewhere.example` names the latter.
_WEB = re.compile(rf"https?://(?P<host>{_HOST})(?P<port>:\d{{1,5}})?(?P<rest>(?:[/?#]{_REST})?)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[A-Za-z0-9._+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.IGNORECASE)
# Browsers take a second slash, or a backslash, as the start of another site; what resolves to one is as bad.
_OWN_PATH = re.compile(rf"/(?!.*(?:\.\.|%5c|%2f))(?!/|[^?#]*//){_REST}", re.IGNORECASE)
_FRAGMENT = re.compile(r"#[\w%.-]+")
_OWN_PICTURE = re.compile(r"/media/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.[A-Za-z0-9]{2,5}")

_SCHEME = re.compile(r"\A[A-Za-z]+:")
_AUTHORITY = re.compile(r"(?:[A-Za-z]+:)?//([^/?#]*)")
_LABEL_ENDS = re.compile("[.@:\u3002\uff0e\uff61]")

_HALF_WORD = re.compile(r"[\s/_+.&?=-]+[^\s/_+.&?=-]*\Z")

# Punycode is shown as letters only where those cannot pass for others: accented Latin without the dotless i.
_PLAIN_LETTERS = re.compile("[a-z0-9.\\-\xdf-\xf6\xf8-\xff\u0101-\u0130\u0132-\u017e]+")


def normal_url(typed: str) -> str:
    """In ASCII, as a browser would send it; empty when it is too long to be one."""
    if len(typed) > MAX_URL or not _has_short_labels(typed):
        return ""
    return _SCHEME.sub(lambda scheme: scheme[0].lower(), normalizeLink(typed))


def is_safe(url: str) -> bool:
    """Whether a normal URL may be a link: the web, an e-mail address, a path of this site, a place in the text."""
    return any(pattern.fullmatch(url) for pattern in (_WEB, _OWN_PATH, _FRAGMENT, _MAIL))


def is_web(url: str) -> bool:
    return _WEB.fullmatch(url) is not None


def is_own_picture(url: str) -> bool:
    return _OWN_PICTURE.fullmatch(url) is not None


def host_of(url: str) -> str:
    """In small letters without `www.`; empty for anything that isn't a web address."""
    found = _WEB.fullmatch(url)
    return found["host"].lower().removeprefix("www.").rstrip(".") if found else ""


def shown_host(url: str) -> str:
    host = host_of(url)
    if "xn--" not in host:
        return host
    try:
        letters = ".".join(_letters(label) for label in host.split("."))
    except UnicodeError:
        return host
    return letters if _PLAIN_LETTERS.fullmatch(letters) else host


def shown_rest(url: str) -> str:
    """Port, path, query and fragment with their letters decoded; empty for a bare slash."""
    found = _WEB.fullmatch(url)
    rest = _decoded(found["rest"]) if found else ""
    return (found["port"] or "" if found else "") + ("" if rest == "/" else rest)


def shown(url: str) -> str:
    """What stands for a bare address in running text."""
    if is_web(url):
        return clip(shown_host(url) + shown_rest(url), MAX_SHOWN)
    return clip(_decoded(url.removeprefix("mailto:")), MAX_SHOWN)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, ended between words where one ends late enough."""
    if len(text) <= limit:
        return text
    head = _HALF_WORD.sub("", text[:limit])
    return (head if len(head) > limit // 2 else text[: limit - 1]) + "…"


def _decoded(part: str) -> str:
    return " ".join(without_unseen(unquote(part)).split())


def _letters(label: str) -> str:
    return label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label


def _has_short_labels(url: str) -> bool:
    authority = _AUTHORITY.match(url)
    if url.isascii() or authority is None:
        return True
    return all(len(label) <= MAX_LABEL for label in _LABEL_ENDS.split(authority[1]))
