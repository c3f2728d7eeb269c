"""What was sent → what is kept: judged by its content, never by its name or what the browser calls it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _

from forum.kernel import pictures
from forum.kernel.errors import Words
from forum.media import drawing
from forum.media.errors import BadFile, StudioBusy
from forum.media.policy import MAX_FILE

PROGRAM = [sys.executable, "-I", str(Path(drawing.__file__))]
# One at a time in each process: its memory is bounded, and so is that of several together.
_ROOM = threading.BoundedSemaphore(1)
WAIT_S = 10
# Of time on the clock, on a machine that has other things to do; its processor time is bounded in `drawing`.
DRAWN_WITHIN_S = 15
PDF = b"%PDF-"
WHOLE_SQUARE = (0.0, 0.0, 1.0)

PICTURES_TAKEN = _("Choose a picture as JPEG, PNG, WebP or GIF, or a PDF.")
PROBLEMS: Mapping[str, Words] = {
    "pixels": _("This picture has more than 25 megapixels. Make it smaller, then add it again."),
    "work": _("This picture takes too much work to draw. Save it as an ordinary JPEG or PNG, then add it again."),
    "unreadable": _("This picture is damaged or isn’t one. Save it anew as JPEG or PNG, then add it again."),
}
STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


@dataclass(frozen=True)
class Drawn:
    """`parts` are what is stored: name → bytes. `width` and `height` are those of the largest, 0 for a document."""

    parts: Mapping[str, bytes]
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        return sum(len(data) for data in self.parts.values())

    @property
    def is_picture(self) -> bool:
        return self.width > 0


def take(data: bytes) -> Drawn:
    """A picture in all its sizes, or a document as it is. Raises BadFile, StudioBusy."""
    check_size(data)
    if data.startswith(PDF):
        return Drawn({"document.pdf": data})
    return take_picture(data)


def take_picture(data: bytes) -> Drawn:
    """Raises BadFile, also for what isn't a picture, and StudioBusy."""
    check_size(data)
    box = [pictures.WIDTHS[-1], pictures.MAX_HEIGHT]
    return _drawn(data, {"box": box, "square": None, "widths": pictures.WIDTHS, "jpeg": pictures.SHARED_WIDTH})


def cut_square(data: bytes, square: tuple[float, float, float]) -> Drawn:
    """A face or a sign. `square` is left, top and side as parts of the shorter side. Raises BadFile, StudioBusy."""
    largest = pictures.SQUARES[-1]
    return _drawn(data, {"box": [largest] * 2, "square": square, "widths": pictures.SQUARES, "jpeg": 0})


def check_size(data: bytes) -> None:
    if not data:
        raise BadFile(PICTURES_TAKEN)
    if len(data) > MAX_FILE:
        raise BadFile(_("This file is larger than 10 MB. Make it smaller, then add it again."))


def _drawn(data: bytes, wish: Mapping[str, Any]) -> Drawn:
    if not data.startswith(STARTS) and not (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise BadFile(PICTURES_TAKEN)
    if not _ROOM.acquire(timeout=WAIT_S):
        raise StudioBusy
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and a fixed program
            [*PROGRAM, json.dumps(wish)], input=data, capture_output=True, timeout=DRAWN_WITHIN_S, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        raise BadFile(PROBLEMS["work"]) from error
    finally:
        _ROOM.release()
    if done.returncode:
        raise BadFile(PROBLEMS["work"])  # out of time, or the decoder fell over
    return _read(done.stdout)


def _read(output: bytes) -> Drawn:
    line, _mark, rest = output.partition(b"\n")
    answer = json.loads(line)
    if "problem" in answer:
        raise BadFile(PROBLEMS[answer["problem"]])
    parts, at = {}, 0
    for name, size in answer["parts"]:
        parts[name] = rest[at : at + size]
        at += size
    return Drawn(parts, answer["width"], answer["height"])
