"""Draws one picture anew: bytes in, WebP and JPEG bytes out, nothing of the original but its colours.

A program of its own, run by `studio`: decoders are the part of a forum that strangers attack, and what runs in C can't
be stopped from outside otherwise. Memory and time are bounded before the first byte is read, no file can be written.
It knows nothing of Kade. Input: the picture. Argument: {"box": [width, height], "square": [x, y, side] or null,
"widths": […], "jpeg": width or 0}. Output: a line of JSON, {"problem": …} or {"width", "height", "parts": [[name,
bytes], …]}, then the parts.
"""

from __future__ import annotations

import io
import json
import math
import resource
import signal
import sys
import time
from typing import Any

MAX_PIXELS = 25_000_000
# A picture of 25 megapixels takes 100 MB; what is drawn from it little more, since that is done in strips.
MAX_MEMORY = 138 * 1024 * 1024
# Its decoder holds several whole copies, whatever is asked of it: with more than this it would pass MAX_MEMORY.
MAX_WEBP_PIXELS = 6_500_000
# Of processor time. A progressive JPEG with thousands of empty scans would take minutes.
MAX_SECONDS = 1.6
# When reading took longer than this, the rest is compressed quickly rather than well.
HURRY_SECONDS = 0.7
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 80
STRIP = 128
# How far, in points of the smaller picture, one of its points looks around.
LANCZOS_REACH = 4
ORIENTATION = 0x0112


class Problem(Exception):
    """`args[0]` is a name that the caller has words for."""


def bound() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)  # whose signal ends the process


def draw(data: bytes, wish: dict[str, Any]) -> tuple[tuple[int, int], list[tuple[str, bytes]]]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # checked below, against our own limit
    if _webp_pixels(data) > MAX_WEBP_PIXELS:
        raise Problem("pixels" if _webp_pixels(data) > MAX_PIXELS else "work")
    image: Any = Image.open(io.BytesIO(data), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Problem("pixels")
    turned, profile = _orientation(image), image.info.get("icc_profile")
    size = _scaled(image.size, _box(wish["box"], turned), wish["square"])
    image = _reduced(image, size)  # from here on nothing holds all of its pixels any more
    image = _plain(_turned(resized(image, size), turned), profile)
    if wish["square"]:
        image = _cropped(image, wish["square"])
    return image.size, _parts(image, wish)


def _webp_pixels(data: bytes) -> int:
    """What a WebP says of its size, before a decoder takes room for it; 0 for all else."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        return 0
    kind, bits = data[12:16], int.from_bytes(data[21:25], "little")
    if kind == b"VP8X":
        return (1 + int.from_bytes(data[24:27], "little")) * (1 + int.from_bytes(data[27:30], "little"))
    if kind == b"VP8L":
        return (1 + (bits & 0x3FFF)) * (1 + (bits >> 14 & 0x3FFF))
    return (int.from_bytes(data[26:28], "little") & 0x3FFF) * (int.from_bytes(data[28:30], "little") & 0x3FFF)


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # hostile metadata says nothing
        return 1


def _box(box: list[int], orientation: int) -> tuple[int, int]:
    return (box[1], box[0]) if orientation in {5, 6, 7, 8} else (box[0], box[1])


def _scaled(size: tuple[int, int], box: tuple[int, int], square: list[float] | None) -> tuple[int, int]:
    """The size that fits the box, or fills it where a square is cut out. Never larger than it was."""
    ratios = (box[0] / size[0], box[1] / size[1])
    scale = min(1.0, max(ratios) / min(1.0, square[2]) if square else min(ratios))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Any, size: tuple[int, int]) -> Any:
    """Read, and made smaller by a whole number as far as that goes, in strips: there is never a second copy of it."""
    from PIL import Image

    image.draft(None, size)
    mode = "RGBA" if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info else "RGB"
    image.load()
    factor = max(1, min(image.width // size[0], image.height // size[1]))
    if factor == 1 and image.mode == mode:
        return image
    if image.mode == mode == "RGB":
        return image.reduce(factor)
    width, height = math.ceil(image.width / factor), math.ceil(image.height / factor)
    drawn, step = Image.new(mode, (width, height)), factor * max(1, STRIP // factor)
    for top in range(0, image.height, step):
        strip = _in_mode(image.crop((0, top, image.width, min(top + step, image.height))), mode)
        drawn.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return drawn


def resized(image: Any, size: tuple[int, int]) -> Any:
    """In strips as well: transparency is multiplied out in a copy, and what is half done is a second one."""
    from PIL import Image

    if image.size == size:
        return image
    drawn, ratio = Image.new(image.mode, size), image.height / size[1]
    for top in range(0, size[1], STRIP):
        bottom = min(top + STRIP, size[1])
        first = max(0, math.floor(top * ratio - LANCZOS_REACH * ratio))
        last = min(image.height, math.ceil(bottom * ratio + LANCZOS_REACH * ratio))
        here = (0, top * ratio - first, image.width, min(bottom * ratio, image.height) - first)
        strip = image.crop((0, first, image.width, last))
        drawn.paste(strip.resize((size[0], bottom - top), Image.Resampling.LANCZOS, here), (0, top))
    return drawn


def _in_mode(strip: Any, mode: str) -> Any:
    if strip.mode.startswith("I;16"):
        strip = strip.convert("I")
    if strip.mode in {"I", "F"}:
        strip = strip.point(lambda value: value * (1 / 256)).convert("L")  # else all above 255 would be white
    return strip if strip.mode == mode else strip.convert(mode)


def _turned(image: Any, orientation: int) -> Any:
    from PIL import Image

    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def _plain(image: Any, profile: bytes | None) -> Any:
    """In the web's own colours, and with nothing said about it: savers write down what they find in `info`."""
    if profile:
        image = _in_srgb(image, profile)
    image.info = {}
    return image


def _in_srgb(image: Any, profile: bytes) -> Any:
    from PIL import ImageCms

    try:
        given, wanted = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        colours = ImageCms.profileToProfile(image.convert("RGB"), given, wanted)
    except Exception:  # a profile that nobody can read, or of another kind of picture: the colours as they are
        return image
    if image.mode == "RGBA" and colours is not None:
        colours.putalpha(image.getchannel("A"))
    return colours or image


def _cropped(image: Any, square: list[float]) -> Any:
    """`square` is the left and top edge and the side as parts of the shorter side, moved inside where it leaves."""
    shorter = min(image.size)
    side = max(1, min(shorter, round(square[2] * shorter)))
    left = max(0, min(image.width - side, round(square[0] * shorter)))
    top = max(0, min(image.height - side, round(square[1] * shorter)))
    return image.crop((left, top, left + side, top + side))


def _parts(image: Any, wish: dict[str, Any]) -> list[tuple[str, bytes]]:
    from PIL import Image

    method = 2 if time.process_time() < HURRY_SECONDS else 0
    parts = []
    jpeg = min(wish["jpeg"], image.width)
    for width in sorted({*(one for one in wish["widths"] if one < image.width), image.width}, reverse=True):
        if jpeg and jpeg >= width:
            parts.append((f"{jpeg}.jpg", _jpeg(image, jpeg)))
            jpeg = 0
        image = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
        parts.append((f"{width}.webp", _saved(image, "WEBP", method=method)))
    return [*parts, (f"{jpeg}.jpg", _jpeg(image, jpeg))] if jpeg else parts


def _jpeg(image: Any, width: int) -> bytes:
    from PIL import Image

    image = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    return _saved(image, "JPEG")


def _height(image: Any, width: int) -> int:
    return max(1, round(float(image.height * width / image.width)))


def _saved(image: Any, name: str, **options: int) -> bytes:
    into = io.BytesIO()
    image.save(into, name, quality=QUALITY, **options)
    return into.getvalue()


def main() -> None:
    bound()
    out = sys.stdout.buffer
    try:
        size, parts = draw(sys.stdin.buffer.read(), json.loads(sys.argv[1]))
    except Problem as problem:
        answer: dict[str, Any] = {"problem": problem.args[0]}
        parts = []
    except MemoryError:
        answer, parts = {"problem": "work"}, []
    except Exception:  # whatever a decoder makes of hostile bytes
        answer, parts = {"problem": "unreadable"}, []
    else:
        answer = {"width": size[0], "height": size[1], "parts": [[name, len(data)] for name, data in parts]}
    out.write(json.dumps(answer).encode() + b"\n")
    for _name, data in parts:
        out.write(data)


if __name__ == "__main__":
    main()
