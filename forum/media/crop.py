"""Which part of a picture a face or a logo is."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

# Closer than this, a photo of a group gives one face of too few points.
MAX_ZOOM = 400


@dataclass(frozen=True)
class Crop:
    """`x` and `y` say where the square lies between one edge and the other, `zoom` how much larger than the whole it
    is; all in percent."""

    x: int = 50
    y: int = 50
    zoom: int = 100

    def square_in(self, width: int, height: int) -> tuple[float, float, float]:
        """Left, top and side, as parts of the picture's shorter side."""
        shorter, side = min(width, height), 100 / self.zoom
        return self.x / 100 * (width / shorter - side), self.y / 100 * (height / shorter - side), side


def read_crop(sent: MultiDict[str, str]) -> Crop:
    """What can't be read, or lies outside, is put inside."""
    usual = Crop()
    return Crop(
        x=_within(sent.get("x"), 0, 100, usual.x),
        y=_within(sent.get("y"), 0, 100, usual.y),
        zoom=_within(sent.get("zoom"), 100, MAX_ZOOM, usual.zoom),
    )


def _within(typed: str | None, least: int, most: int, usual: int) -> int:
    try:
        return max(least, min(most, round(float(typed or usual))))
    except (ValueError, OverflowError):
        return usual
