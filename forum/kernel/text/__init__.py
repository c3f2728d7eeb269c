"""What members write: cleaned, read as Markdown, made safe, stored as HTML, shown.

The only door to Markdown, nh3 and bleach. `clean_source` and `names_in` come before `render`, whose result is
stored; `present` is for templates, `abroad` for feeds, `plain` for search and letters.
"""

from __future__ import annotations

from forum.kernel.text.abroad import abroad
from forum.kernel.text.errors import TextRefused, TextTooDense, TextTooLong
from forum.kernel.text.languages import guess as guess_language
from forum.kernel.text.observing import Observed, observe
from forum.kernel.text.pipeline import PIPELINE_VERSION, Rendered, names_in, render
from forum.kernel.text.plaintext import excerpt, plain
from forum.kernel.text.present import present
from forum.kernel.text.source import MAX_SOURCE, clean_source
from forum.kernel.text.spans import MAX_NAMES, NOBODY, CardWords, Known, Names

__all__ = [
    "MAX_NAMES",
    "MAX_SOURCE",
    "NOBODY",
    "PIPELINE_VERSION",
    "CardWords",
    "Known",
    "Names",
    "Observed",
    "Rendered",
    "TextRefused",
    "TextTooDense",
    "TextTooLong",
    "abroad",
    "clean_source",
    "excerpt",
    "guess_language",
    "names_in",
    "observe",
    "plain",
    "present",
    "render",
]
