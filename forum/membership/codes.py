"""Codes that are mailed and typed in: twelve letters and digits that nobody mistakes for one another."""

from __future__ import annotations

import hashlib
import secrets

# Without 0, 1, I and O: five bits each, sixty in all.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 12
_GROUP = 4


def fresh() -> str:
    """Such as `K7M2-9QXR-4TBW`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def hash_of(code: str) -> str:
    """The same however it was typed: capitals, hyphens and spaces make no difference."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
