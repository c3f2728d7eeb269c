"""What is kept of a picture: its colours, the right way up, in a few sizes, and not a byte more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from PIL import Image, ImageChops

from forum.kernel.pictures import SQUARES, WIDTHS
from forum.media import drawing, studio
from forum.media.errors import BadFile
from tests.media import samples
from tests.media.samples import GIF, JPEG, PNG, TOKEN, WEBP

# Between the test and the drawing, since a process starts with the memory of the one that starts it.
METER = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def refused(data: bytes) -> str:
    with pytest.raises(BadFile) as error:
        studio.take(data)
    return str(error.value.message)


def cost(data: bytes) -> tuple[float, float]:
    """Seconds of processor time and megabytes of memory that drawing takes."""
    wish = {"box": [1600, 2400], "square": None, "widths": WIDTHS, "jpeg": 1200}
    metered = [sys.executable, "-I", "-c", METER, *studio.PROGRAM, json.dumps(wish)]
    seconds, megabytes = json.loads(subprocess.run(metered, input=data, capture_output=True, check=True).stdout)
    return seconds, megabytes


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP, GIF])
def test_picture_is_kept_in_its_sizes(kind: str) -> None:
    drawn = studio.take(samples.picture(kind, (1200, 800)))
    assert (drawn.width, drawn.height) == (1200, 800)
    assert {name: samples.opened(data).size for name, data in drawn.parts.items()} == {
        "1200.webp": (1200, 800), "960.webp": (960, 640), "480.webp": (480, 320), "1200.jpg": (1200, 800),
    }  # fmt: skip


def test_large_picture_is_made_smaller() -> None:
    drawn = studio.take(samples.picture(JPEG, (5000, 4000)))
    assert (drawn.width, drawn.height, sorted(drawn.parts)) == (
        1600, 1280, ["1200.jpg", "1600.webp", "480.webp", "960.webp"],
    )  # fmt: skip


def test_tall_picture_is_no_scroll() -> None:
    drawn = studio.take(samples.picture(PNG, (1000, 9000)))
    assert (drawn.width, drawn.height) == (267, 2400)


def test_small_picture_is_not_made_larger() -> None:
    drawn = studio.take(samples.picture(PNG, (3, 2)))
    assert (drawn.width, drawn.height, sorted(drawn.parts)) == (3, 2, ["3.jpg", "3.webp"])


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP, GIF])
def test_no_byte_of_metadata_is_left(kind: str) -> None:
    data = samples.telling(kind)
    assert TOKEN.encode() in data
    for part in studio.take(data).parts.values():
        assert TOKEN[:7].encode() not in part
        kept = samples.opened(part)
        assert set(kept.info) <= {
            "loop",
            "background",
            "timestamp",
            "duration",
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
        }
        assert dict(kept.getexif()) == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied(orientation: int) -> None:
    upright = Image.new("RGB", (300, 200), "white")
    upright.paste("red", (0, 0, 100, 100))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what a camera did to it
    turned = upright.transpose(Image.Transpose(turns[orientation])) if orientation > 1 else upright
    exif = turned.getexif()
    exif[0x0112] = orientation
    drawn = studio.take(samples.saved(turned, PNG, exif=exif.tobytes()))
    shown = samples.opened(drawn.parts["300.webp"]).convert("RGB")
    assert shown.size == (300, 200)
    assert max(ImageChops.difference(shown, upright).resize((3, 2)).tobytes()) < 40


def test_colours_of_another_profile_become_the_webs_own() -> None:
    drawn = studio.take(samples.picture(JPEG, icc_profile=b"no profile at all"))
    assert samples.pixel(drawn.parts["1200.jpg"]) == (254, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK", "RGBA", "LA"])
def test_every_kind_of_colour_is_drawn(mode: str) -> None:
    image = Image.new("L", (3000, 200), 128).convert(mode) if mode != "I;16" else Image.new(mode, (3000, 200), 32896)
    kind = JPEG if mode == "CMYK" else PNG
    drawn = studio.take(samples.saved(image, kind))
    assert 110 < samples.pixel(drawn.parts["480.webp"])[1] < 145 or mode == "1"


def test_transparency_is_kept_and_white_for_other_sites() -> None:
    drawn = studio.take(samples.saved(Image.new("RGBA", (500, 400), (255, 0, 0, 0)), PNG))
    assert samples.pixel(drawn.parts["500.webp"], "RGBA")[3] == 0
    assert samples.pixel(drawn.parts["500.jpg"]) == (255, 255, 255)


@pytest.mark.parametrize("kind", [GIF, WEBP, PNG])
def test_first_picture_of_an_animation_is_kept(kind: str) -> None:
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue", "green")]
    data = samples.saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
    shown = studio.take(data).parts["200.webp"]
    red, green, blue = samples.pixel(shown)
    assert (red > 200, green < 50, blue < 50, getattr(samples.opened(shown), "n_frames", 1)) == (True, True, True, 1)


@pytest.mark.parametrize(
    ("square", "colour"), [((0.0, 0.0, 1.0), "red"), ((1.0, 0.0, 1.0), "blue"), ((9.0, 9.0, 9.0), "blue")]
)
def test_square_is_cut_where_it_was_drawn(square: tuple[float, float, float], colour: str) -> None:
    drawn = studio.cut_square(samples.picture(PNG, (1200, 600)), square)
    shown = samples.pixel(drawn.parts["192.webp"], at=(96, 96))
    assert sorted(drawn.parts) == [f"{SQUARES[1]}.webp", f"{SQUARES[0]}.webp"]
    assert (shown[0] > 200, shown[2] > 200) == (colour == "red", colour == "blue")


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"<html><script>alert(1)</script>",
        b"GIF89a/*<script>alert(1)</script>",
        b"BM" + bytes(200),
        b"II*\0" + bytes(200),
        b"\x00\x00\x00 ftypavif" + bytes(200),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        samples.picture()[:2000],
        b"MZ\x90\x00" + bytes(100),
        b"\xff\xd8\xff" * 1000,
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(50),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    assert refused(data) in {str(studio.PICTURES_TAKEN), str(studio.PROBLEMS["unreadable"])}


def test_more_than_25_megapixels_are_refused_unread() -> None:
    assert refused(samples.png_bomb(5001, 5000)) == str(studio.PROBLEMS["pixels"])
    assert refused(samples.png_bomb(60_000, 60_000)) == str(studio.PROBLEMS["pixels"])


def test_just_25_megapixels_are_drawn() -> None:
    drawn = studio.take(samples.png_bomb(5000, 5000))
    assert (drawn.width, drawn.height) == (1600, 1600)


@pytest.mark.parametrize(("mode", "size"), [("RGBA", (5000, 5000)), ("RGBA", (3190, 4790)), ("LA", (5000, 5000))])
def test_large_transparent_picture_is_drawn(mode: str, size: tuple[int, int]) -> None:
    drawn = studio.take(samples.saved(Image.new(mode, size), PNG))
    assert max(drawn.width, drawn.height) in {1600, 2400}


def test_webp_that_would_take_too_much_memory_is_refused_unread() -> None:
    assert refused(samples.saved(Image.new("RGB", (3000, 3000)), WEBP, method=0)) == str(studio.PROBLEMS["work"])
    assert refused(samples.saved(Image.new("RGBA", (3000, 3000)), WEBP, method=0)) == str(studio.PROBLEMS["work"])
    drawn = studio.take(samples.saved(samples.noise((2500, 2500)), WEBP, method=0))
    assert (drawn.width, drawn.height) == (1600, 1600)


@pytest.mark.parametrize(("size", "smaller"), [((1700, 1100), (1600, 1035)), ((3000, 3001), (1600, 1601))])
def test_picture_made_smaller_in_strips_has_no_seams(size: tuple[int, int], smaller: tuple[int, int]) -> None:
    image = samples.noise(size)
    wanted = image.resize(smaller, Image.Resampling.LANCZOS)
    assert max(ImageChops.difference(drawing.resized(image, smaller), wanted).tobytes()) <= 1


BOMBS: dict[str, Callable[[], bytes]] = {
    "pixels": lambda: samples.png_bomb(60_000, 60_000),
    "notes": samples.text_bomb,
    "scans": samples.scan_bomb,
    "transparent": lambda: samples.saved(Image.new("RGBA", (5000, 5000), (1, 2, 3, 4)), PNG),
    "webp": lambda: samples.saved(samples.noise((2500, 2500)), WEBP, method=0),
    "progressive": lambda: samples.saved(Image.new("RGB", (5000, 5000)), JPEG, progressive=True, subsampling=0),
    "noise": lambda: samples.saved(samples.noise((4000, 3000)), JPEG, quality=60),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_hostile_picture_takes_little(bomb: str) -> None:
    """The least of three, since other work on the machine only ever adds."""
    data = BOMBS[bomb]()
    for _ in range(3):
        seconds, megabytes = cost(data)
        if seconds < 2:
            break
    assert (seconds < 2, megabytes < 150) == (True, True), (seconds, megabytes)


def test_picture_that_takes_too_much_work_is_refused() -> None:
    assert refused(samples.scan_bomb()) == str(studio.PROBLEMS["work"])


def test_file_of_more_than_10_mb_is_refused() -> None:
    assert "10 MB" in refused(b"\xff\xd8\xff" + bytes(10_000_000))


def test_polyglot_is_only_a_picture_afterwards() -> None:
    script = b"<script>alert(1)</script>"
    data = samples.picture(GIF, (300, 200)) + script + b"PK\x03\x04" + b"%PDF-1.4 /JS"
    parts = studio.take(data).parts
    assert [part for part in parts.values() if script in part or b"%PDF" in part or b"PK\x03" in part] == []
