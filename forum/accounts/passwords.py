"""Passwords: what one may be, and how it is kept.

Hashing takes some 20 ms and 19 MiB on purpose, so it never happens inside a transaction. A name that nobody has costs
the same as a wrong password: `verify` hashes in any case.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import lazy_gettext as _
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from forum.accounts.common_passwords import is_common, stems
from forum.kernel.errors import Invalid, Words

MIN_LENGTH = 8
MAX_LENGTH = 256

# OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane.
MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1

# Shorter personal words, such as a name of two letters, say nothing.
SHORTEST_PERSONAL = 4


@dataclass(frozen=True)
class Verdict:
    """Whether a password was right. `new_hash` is set when the kept one should be made anew."""

    right: bool
    new_hash: str | None = None


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES),))


# Of a password that nobody has: what an unknown name is checked against. A test keeps its parameters the same.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$aiAdfZeRVSL+VRUZJ4tSxw$XVtXaPMR31vesxtHSVFQyimLTGW5HI4WJEQ2W4RfpZo"


def hash_password(password: str) -> str:
    return _hasher().hash(_normal(password))


def verify(password: str, kept: str | None) -> Verdict:
    """Compare a password with what is kept; None is a member without one, or nobody. Always takes as long."""
    if len(password) > MAX_LENGTH:
        password, kept = "", None
    right, new_hash = _hasher().verify_and_update(_normal(password), kept or NOBODYS_HASH)
    return Verdict(right and kept is not None, new_hash if kept is not None else None)


def check_password(password: str, personal: Collection[str] = (), field: str = "password") -> str:
    """The password itself. `personal`: username, name, address, the site's name. Raises Invalid for a weak one."""
    if len(_normal(password)) < MIN_LENGTH or len(password) > MAX_LENGTH:
        raise _refusal(field, _("Choose a password of 8 to 256 characters. Longer is better: a few words will do."))
    if is_common(password):
        raise _refusal(field, _("This password is among the first that a guesser tries. Choose another one."))
    if stems(password) & _personal_stems(personal):
        raise _refusal(field, _("This password is made of your name, your address or the site’s name. Choose another."))
    return password


def _personal_stems(words: Collection[str]) -> frozenset[str]:
    whole = {part for word in words for part in (word, word.replace(" ", ""), word.partition("@")[0], *word.split())}
    return frozenset(stem for part in whole for stem in stems(part) if len(stem) >= SHORTEST_PERSONAL)


def _normal(password: str) -> str:
    """The same key presses give the same characters on every device (NIST SP 800-63B, §5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def _refusal(field: str, message: Words) -> Invalid:
    return Invalid(message, {field: message})
