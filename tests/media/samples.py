"""Files as people and attackers send them, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

# What no output may hold.
TOKEN = "planted-token-5f3a"
JPEG, PNG, WEBP, GIF = "JPEG", "PNG", "WEBP", "GIF"


def picture(kind: str = JPEG, size: tuple[int, int] = (1200, 800), mode: str = "RGB", **options: Any) -> bytes:
    """Left half red, right half blue."""
    image = Image.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **options)
    return into.getvalue()


def pixel(data: bytes, mode: str = "RGB", at: tuple[int, int] = (9, 9)) -> tuple[int, ...]:
    found = opened(data).convert(mode).getpixel(at)
    assert isinstance(found, tuple)
    return found


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def noise(size: tuple[int, int]) -> Image.Image:
    """What compresses badly."""
    small = Image.effect_noise((size[0] // 4, size[1] // 4), 80).resize(size)
    return Image.merge("RGB", (small, small.rotate(90), small.rotate(180)))


def telling(kind: str) -> bytes:
    """A picture with TOKEN in everything that can be said beside the colours, and behind the end."""
    image = Image.new("RGB", (600, 400), "green")
    exif = image.getexif()
    exif[0x010E] = exif[0x8298] = TOKEN  # description, copyright
    exif.get_ifd(0x8825)[29] = TOKEN  # the day of a place
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"sRGB", TOKEN[:4].encode())
    options: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": profile}
    if kind == JPEG:
        options |= {"comment": TOKEN, "xmp": f"<x>{TOKEN}</x>".encode()}
    if kind == WEBP:
        options |= {"xmp": f"<x>{TOKEN}</x>".encode()}
    if kind == PNG:
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", TOKEN)
        notes.add_itxt("XML:com.adobe.xmp", TOKEN)
        options |= {"pnginfo": notes}
    if kind == GIF:
        options = {"comment": TOKEN}
    return saved(image, kind, **options) + TOKEN.encode()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int, height: int) -> bytes:
    """Black, of any size, in a few kilobytes."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    squeezer = zlib.compressobj(9)
    rows = height if width * height < 26_000_000 else 50  # who reads further than the head has lost already
    body = b"".join(squeezer.compress(bytes(width * 3 + 1)) for _ in range(rows)) + squeezer.flush()
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small picture with compressed notes that unfold to 300 MB."""
    packed = zlib.compress(bytes(900_000), 9)
    notes = b"".join(chunk(b"zTXt", b"n%d\0\0" % number + packed) for number in range(340))
    whole = picture(PNG, (60, 40))
    return whole[:33] + notes + whole[33:]


def scan_bomb(size: tuple[int, int] = (4900, 4900)) -> bytes:
    """A progressive JPEG whose last, nearly empty scan comes thousands of times."""
    data = saved(Image.new("L", size, 128), JPEG, progressive=True)
    last = data.rindex(b"\xff\xda")
    scan = data[last:-2]
    return data[:last] + scan * (9_000_000 // len(scan)) + data[-2:]
