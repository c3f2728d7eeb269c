"""Words in addresses."""

import re

from slugify import slugify

MAX_LENGTH = 80
# Slugs made elsewhere may be longer and have other letters; none has the characters that a database chokes on.
_SLUG = re.compile(r"[\w-]{1,200}")


def is_slug(text: str) -> bool:
    """Whether something in an address or a form can be a slug at all, so that it's worth looking up."""
    return _SLUG.fullmatch(text) is not None


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
