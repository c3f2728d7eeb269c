"""Recovery codes: ten of them, a hundred random bits each, kept as a plain digest.

A password is hashed slowly because it can be guessed; no machine tries 2^100. So a code is found by its hash, in one
statement that also uses it up.
"""

from __future__ import annotations

import secrets

from forum.accounts.sessions import hash_of

COUNT = 10
# Crockford's alphabet: no letter looks like a digit.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
GROUPS, GROUP = 4, 5
_MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0", "-": "", " ": ""})


def new_codes() -> tuple[str, ...]:
    """As they're shown: `4k7mz-…`, four groups of five."""
    return tuple("-".join(_group() for _ in range(GROUPS)) for _ in range(COUNT))


def hash_code(typed: str) -> str:
    """What the database keeps. Capitals, dashes and letters that look like digits don't matter."""
    return hash_of(typed.strip().lower()[:100].translate(_MISREAD))


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))
