"""Languages that members say they read and write, and that texts are in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# The official languages of Europe's countries and the largest of its newcomers: code → what it calls itself, in the
# order of the names. Written out, since asking Babel for them keeps 39 MB of its data in every process.
_OWN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "bs": "Bosanski",
        "ca": "Català",
        "cy": "Cymraeg",
        "da": "Dansk",
        "de": "Deutsch",
        "et": "Eesti",
        "en": "English",
        "es": "Español",
        "eu": "Euskara",
        "fr": "Français",
        "fy": "Frysk",
        "ga": "Gaeilge",
        "gl": "Galego",
        "hr": "Hrvatski",
        "it": "Italiano",
        "lv": "Latviešu",
        "lt": "Lietuvių",
        "lb": "Lëtzebuergesch",
        "hu": "Magyar",
        "mt": "Malti",
        "nl": "Nederlands",
        "nb": "Norsk bokmål",
        "pl": "Polski",
        "pt": "Português",
        "ro": "Română",
        "sq": "Shqip",
        "sk": "Slovenčina",
        "sl": "Slovenščina",
        "fi": "Suomi",
        "sv": "Svenska",
        "tr": "Türkçe",
        "is": "Íslenska",
        "cs": "Čeština",
        "el": "Ελληνικά",
        "bg": "Български",
        "mk": "Македонски",
        "ru": "Русский",
        "sr": "Српски",
        "uk": "Українська",
        "ar": "العربية",
        "zh": "中文",
    }
)
SPOKEN = tuple(_OWN_NAMES)


def own_name(code: str) -> str:
    """What a language calls itself, with a capital; the code where nobody knows."""
    return _OWN_NAMES.get(code, code)


def choices() -> tuple[tuple[str, str], ...]:
    """For a form: code and name, in the order of the names."""
    return tuple(_OWN_NAMES.items())
