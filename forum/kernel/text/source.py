"""Makes what somebody typed fit to be stored: one kind of line end, no characters that act unseen."""

import re
import unicodedata

from forum.kernel.text.errors import TextTooDense, TextTooLong

# About sixteen printed pages. Hostile text of this length takes some 0.5 s to draw; twice that would pass
# the second that no input may take.
MAX_SOURCE = 32_000

# Real writing stacks at most five or six marks on a letter (pointed and chanted Hebrew). More is a tower that
# covers the lines around it, and sorting one takes time that grows with its square.
MAX_MARKS = 8

# Both cost the parser far more than other characters do. A word list with a word a line stays under the
# first, a page of coordinates under the second.
MAX_LINES = 8_000
MAX_BRACKETS = 2_000

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Controls; the embeddings, overrides and isolates that turn the reading direction of what follows; the byte
# order mark; annotation anchors. Joiners and the plain direction marks stay: Persian and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]",
)

# Halves of a pair and code points that are no characters: no encoding carries the first, no parser the rest.
_BROKEN = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]",
)

# What could hold more than MAX_MARKS marks in a row: those of Latin, Greek and Cyrillic start at U+0300.
_MAYBE_TOWER = re.compile(f"[^\x00-\u02ff]{{{MAX_MARKS + 1}}}")


def clean_source(raw: str) -> str:
    """The text as it is stored: NFC, line feeds only, no blank edges. Cleaning twice changes nothing.

    Raises TextTooLong, before anything else is done with the text.
    """
    _check_length(raw)
    text = without_unseen(_LINE_ENDS.sub("\n", raw))
    text = without_towers(unicodedata.normalize("NFC", without_towers(text)))
    text = text.rstrip().lstrip("\n")
    _check_length(text)
    return text


def without_unseen(text: str) -> str:
    """Fit to stand beside words of ours: nothing left that hides, reverses or breaks what is around it."""
    return _BROKEN.sub("\ufffd", _UNSEEN.sub("", text))


def check_density(text: str) -> None:
    """Raises TextTooDense."""
    if text.count("\n") >= MAX_LINES:
        raise TextTooDense("too many lines")
    if text.count("[") > MAX_BRACKETS:
        raise TextTooDense("too many brackets")


def _check_length(text: str) -> None:
    # Browsers send a line end as two characters and count it as one.
    length = len(text) - text.count("\r\n")
    if length > MAX_SOURCE:
        raise TextTooLong(length, MAX_SOURCE)


def without_towers(text: str) -> str:
    """No more than MAX_MARKS marks on a letter; before NFC, which takes the square of a tower's height."""
    if not _MAYBE_TOWER.search(text):
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
