"""Places in a thread, as paths: the parent's path and an ordinal of four characters, so that plain byte order is the
order of reading and a branch is one range.

Pure: who takes which ordinal is decided under a lock in `commands`.
"""

from __future__ import annotations

# In ASCII order, so that a column compared by bytes sorts as the numbers do.
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
WIDTH = 4
# 14,776,336 replies to one comment, or comments at the top of one post.
MAX_SIBLINGS = len(ALPHABET) ** WIDTH
# Past this a reply sits beside what it answers: paths stay under 130 bytes, and nobody follows 32 levels.
MAX_DEPTH = 31

# Sort just after a path and before all below it, and just after all below it.
_BELOW = "!"
_PAST = "~"


def child(host: str, ordinal: int) -> str:
    """The path of a reply under `host`, which is empty for the top of the thread. Raises ValueError past the last."""
    if not 0 <= ordinal < MAX_SIBLINGS:
        raise ValueError(f"{ordinal} is not an ordinal")
    letters = []
    for _ in range(WIDTH):
        ordinal, digit = divmod(ordinal, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return host + "".join(reversed(letters))


def ordinal_of(path: str) -> int:
    """Which of its siblings it is, from 0."""
    ordinal = 0
    for letter in path[-WIDTH:]:
        ordinal = ordinal * len(ALPHABET) + ALPHABET.index(letter)
    return ordinal


def depth_of(path: str) -> int:
    """0 at the top of the thread."""
    return len(path) // WIDTH - 1


def parent_of(path: str) -> str:
    """Empty for a comment at the top."""
    return path[:-WIDTH]


def root_of(path: str) -> str:
    return path[:WIDTH]


def host_of(parent: str) -> str:
    """Under which path a reply to `parent` is put: itself, or at the deepest level the comment above it."""
    return parent if depth_of(parent) < MAX_DEPTH else parent_of(parent)


def ancestors(path: str) -> tuple[str, ...]:
    """Outermost first, without the path itself."""
    return tuple(path[:end] for end in range(WIDTH, len(path), WIDTH))


def lineage(path: str) -> tuple[str, ...]:
    """Its ancestors and itself, outermost first."""
    return (*ancestors(path), path) if path else ()


def is_above(path: str, other: str) -> bool:
    """Whether `other` is somewhere below `path`."""
    return len(path) < len(other) and other.startswith(path)


def after(path: str) -> str:
    """The lower bound of everything that is read after `path`, its replies first."""
    return path + _BELOW


def end_of(path: str) -> str:
    """The upper bound of a branch: path <= everything in it < end. For the empty path, of the whole thread."""
    return path + _PAST
