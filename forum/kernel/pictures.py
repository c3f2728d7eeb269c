"""Addresses of stored files, and the sizes in which a picture is kept: texts, posts and faces show them.

A file's key says nothing and can't be guessed. `/media/KEY.webp` is a picture at its largest, `/media/KEY/480.webp` one
of its sizes, `/media/KEY.pdf` a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KEY = r"[A-Za-z0-9_-]{16}"
FILE_ADDRESS = re.compile(rf"/media/(?P<key>{KEY})(?:/\d{{2,4}})?\.(?P<ending>webp|jpg|pdf)")
# A column of text is 616 wide: once on a phone, on a good phone, on a good screen.
WIDTHS = (480, 960, 1600)
# A picture taller than this is a scroll of its own.
MAX_HEIGHT = 2400
# A face or a sign is at most 88 wide on the page, on a good screen twice that.
SQUARES = (96, 192)
# Pages of other sites and letters show pictures of this width, and not all of them know WebP.
SHARED_WIDTH = 1200


@dataclass(frozen=True)
class Picture:
    """A stored picture at its largest. `alt` is empty where it only decorates."""

    key: str
    width: int
    height: int
    alt: str = ""

    @property
    def address(self) -> str:
        return f"/media/{self.key}.webp"

    @property
    def widths(self) -> tuple[int, ...]:
        return widths_of(self.width)

    @property
    def source(self) -> str:
        """For browsers that don't choose: the middle size."""
        return f"/media/{self.key}/{self.widths[len(self.widths) // 2]}.webp"

    @property
    def sources(self) -> str:
        """As `srcset` takes them."""
        return ", ".join(f"/media/{self.key}/{width}.webp {width}w" for width in self.widths)

    @property
    def small(self) -> str:
        """For lists."""
        return f"/media/{self.key}/{self.widths[0]}.webp"

    @property
    def shared(self) -> str:
        """The JPEG for pages of other sites."""
        return f"/media/{self.key}/{min(self.width, SHARED_WIDTH)}.jpg"


@dataclass(frozen=True)
class Document:
    """A stored file that is no picture. `size` is in bytes."""

    key: str
    name: str
    size: int

    @property
    def address(self) -> str:
        return f"/media/{self.key}.pdf"

    @property
    def note(self) -> str:
        """What it is and how large, for beside a link."""
        return f"PDF, {size_words(self.size)}"


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture is kept whose largest is `width`."""
    return (*(one for one in WIDTHS if one < width), width)


def size_words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


def is_key(typed: str) -> bool:
    """Whether a file could be called so."""
    return re.fullmatch(KEY, typed) is not None


def key_in(url: str) -> str:
    """The key of the stored file at this path, or nothing."""
    found = FILE_ADDRESS.fullmatch(url)
    return found["key"] if found else ""
