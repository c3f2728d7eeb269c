"""Usernames: what they may be made of, and which ones look alike.

Two names are one when they have the same key: NFKC, casefold, and then a skeleton in which letters that look alike are
the same (UTS #39, §4). Nobody can be `hаnna` with a Cyrillic letter beside `hanna`, or `l` where another has `I`.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

from flask_babel import lazy_gettext as _

from forum.accounts.confusables import ASCII_LOOKS
from forum.kernel.errors import Invalid, Words

MIN_LENGTH = 3
MAX_LENGTH = 30

# Names that a reader would take for the house itself, and words that mean nobody in particular.
RESERVED = frozenset(
    {
        "abuse", "account", "accounts", "admin", "administrator", "all", "anonymous", "api", "bot", "contact",
        "deleted", "editor", "everybody", "everyone", "former-member", "forum", "guest", "help", "helpdesk", "here",
        "hostmaster", "info", "kade", "mail", "me", "member", "members", "mod", "moderation", "moderator",
        "moderators", "mods", "nobody", "no-reply", "null", "official", "operator", "owner", "postmaster", "press",
        "privacy", "root", "security", "settings", "staff", "support", "sysadmin", "sysop", "system", "team",
        "undefined", "unknown", "user", "webmaster", "you",
    }
)  # fmt: skip

_ALLOWED = re.compile(r"[\w-]+")
# Pairs that look alike inside ASCII, after casefold: `I` and `l` and `1`, `O` and `0`, `rn` and `m`.
_ONE_LOOK = str.maketrans({"i": "l", "1": "l", "0": "o"})
_DIGITS_AROUND = re.compile(r"^[\d_-]+|[\d_-]+$")
# Alphabets whose letters pass for one another's; other scripts may stand beside any of them.
_RIVALS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})


def username_key(username: str) -> str:
    """What is unique among members."""
    return _skeleton(_fold(username))


def look_alikes(username: str) -> frozenset[str]:
    """The keys that a new name may not have: its own, and that of the ASCII name it looks like as it's written."""
    shown = unicodedata.normalize("NFKC", username)
    return frozenset({username_key(username), _skeleton(_fold(shown.translate(ASCII_LOOKS)))})


def digest_of(key: str) -> str:
    """What is kept of the key of a name whose member was erased."""
    return hashlib.sha256(f"kade:retired-name:{key}".encode()).hexdigest()


def is_same(typed: str, username: str) -> bool:
    """Whether somebody who typed this means that member: letter by letter, capitals aside."""
    return _fold(typed) == _fold(username)


def check_username(username: str) -> str:
    """The name as it is kept (NFKC). Raises Invalid for one that can't be a username."""
    name = unicodedata.normalize("NFKC", username.strip())
    if not MIN_LENGTH <= len(name) <= MAX_LENGTH:
        raise _refusal(_("Choose a username of 3 to 30 characters."))
    if not _ALLOWED.fullmatch(name) or not all(_is_plain(one) for one in name):
        raise _refusal(_("Use only letters, digits, “_” and “-” in your username."))
    if not any(one.isalpha() for one in name):
        raise _refusal(_("Use at least one letter in your username."))
    if len(_alphabets(name) & _RIVALS) > 1:
        raise _refusal(_("Write your username in letters of one alphabet."))
    return name


def is_reserved(username: str, also: Collection[str] = ()) -> bool:
    """Whether a name passes for the house: `Admin`, `_admin_`, `adm1n`, `àdmin`, `admin2`. `also`: the site's name."""
    kept = {_bare(name) for name in (*RESERVED, *also)}
    shown = unicodedata.normalize("NFKC", username)
    trimmed = _DIGITS_AROUND.sub("", shown)
    return any(_bare(form) in kept for one in (shown, trimmed) for form in (one, one.translate(ASCII_LOOKS)))


def _bare(name: str) -> str:
    """A skeleton without accents, separators and spaces."""
    letters = unicodedata.normalize("NFD", _fold(name))
    return _skeleton("".join(one for one in letters if one.isalnum()))


def _fold(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return folded.replace("i\u0307", "i")  # what casefold leaves of the Turkish capital


def _skeleton(folded: str) -> str:
    look = folded.translate(ASCII_LOOKS).translate(_ONE_LOOK)
    return look.replace("rn", "m").replace("vv", "w")


def _is_plain(character: str) -> bool:
    """A letter or a decimal digit: no superscripts, no Roman numerals, no circled letters."""
    return character in "_-" or character.isalpha() or unicodedata.category(character) == "Nd"


def _alphabets(name: str) -> set[str]:
    return {unicodedata.name(one, "").partition(" ")[0] for one in name if one.isalpha()}


def _refusal(message: Words) -> Invalid:
    return Invalid(message, {"username": message})
