"""Languages that members say they read and write."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

# The official languages of Europe's countries and the largest of its newcomers, by code.
SPOKEN = (
    "ar", "bg", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "fy", "ga", "gl", "hr",
    "hu", "is", "it", "lb", "lt", "lv", "mk", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk", "zh",
)  # fmt: skip


@lru_cache(maxsize=200)
def own_name(code: str) -> str:
    """What a language calls itself, with a capital; the code where nobody knows."""
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=1)
def choices() -> tuple[tuple[str, str], ...]:
    """For a form: code and name, in the order of the names."""
    return tuple(sorted(((code, own_name(code)) for code in SPOKEN), key=lambda pair: pair[1].casefold()))
