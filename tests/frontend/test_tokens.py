"""The colours can be read: WCAG contrast of every role in both themes, and tokens as the only source of values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "static" / "styles"
TOKENS = (STYLES / "tokens.css").read_text()
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsl")

TEXT = ("ink", "ink-2", "ink-3", "link", "water", "ok", "warn", "danger")
TOPICS = ("energy", "mobility", "circular", "digital", "citizens", "gov")
SURFACES = ("bg", "surface", "sunken")
PAIRS = (
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-primary", "danger-fill"),
    ("on-primary-soft", "primary-soft"),
    ("on-water-soft", "water-soft"),
    ("ok", "ok-soft"),
    ("warn", "warn-soft"),
    ("danger", "danger-soft"),
    ("on-mark", "mark"),
    ("on-plate", "enamel"),
    ("poster-ink", "poster-pill"),
    *(("on-plate", f"t-{topic}") for topic in TOPICS),
    *(("on-plate", f"tone-{number}") for number in range(12)),
)


def block(start: str) -> dict[str, str]:
    """Colours of the rule that begins with `start`."""
    text = TOKENS[TOKENS.index(start) :]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})", text[: text.index("\n}")]))


LIGHT = block(":root {")
AUTOMATIC = block(':root:not([data-theme="light"]) {')
CHOSEN = block(':root[data-theme="dark"] {')
THEMES = {"light": LIGHT, "dark": {**LIGHT, **CHOSEN}}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_dark_theme_is_the_same_chosen_or_automatic() -> None:
    assert AUTOMATIC == CHOSEN


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_every_surface_reaches_aa(theme: str) -> None:
    colours = THEMES[theme]
    roles = TEXT + tuple(f"t-{topic}-text" for topic in TOPICS)
    low = [(r, s) for r in roles for s in SURFACES if contrast(colours[r], colours[s]) < 4.5]
    assert low == []


@pytest.mark.parametrize("theme", THEMES)
def test_borders_and_focus_reach_three_to_one(theme: str) -> None:
    colours = THEMES[theme]
    roles = ("line-strong", "focus", "indicator")
    assert [(r, s) for r in roles for s in SURFACES if contrast(colours[r], colours[s]) < 3] == []


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_its_own_ground_reaches_aa(theme: str) -> None:
    colours = THEMES[theme]
    assert [(text, on) for text, on in PAIRS if contrast(colours[text], colours[on]) < 4.5] == []


def test_colours_are_written_in_tokens_only() -> None:
    others = [path for path in STYLES.rglob("*.css") if path.name not in {"tokens.css", "print.css"}]
    assert [path.name for path in others if COLOUR.search(path.read_text())] == []
