"""Words in addresses."""

from slugify import slugify

MAX_LENGTH = 80


def slug_of(text: str, fallback: str) -> str:
    """`text` as lower-case ASCII words with hyphens, cut at a word; `fallback` where nothing is left."""
    return slugify(text, max_length=MAX_LENGTH, word_boundary=True) or fallback


def first_free(wanted: str, taken: set[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` … whichever isn't taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
