"""Stored HTML as it is shown: what needs a word in the reader's language gets it here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flask_babel import gettext as _
from markupsafe import Markup, escape

# Beginnings that only `writing` writes: a member's `<` is stored as an entity wherever it stands, so that no text
# of theirs holds one.
_OPEN = re.compile(
    r'<(?:(?P<start>div class="table"|pre|section class="footnotes"|a class="footnote-backref"'
    r'|input class="task-box" type="checkbox" disabled(?: checked)?)(?=[ >])'
    r'|(?P<player>figure class="video" data-provider="(?P<provider>youtube|vimeo)"[^>]*><a [^>]*>'
    r'<span class="video__play">)</span></a><figcaption class="video__note"></figcaption>)'
)
_PROVIDERS = {"youtube": "YouTube", "vimeo": "Vimeo"}

# Start of a tag → what else it says of itself, and its label.
_STARTS: Mapping[str, tuple[str, Callable[[], str]]] = {
    'div class="table"': (' role="group" tabindex="0"', lambda: _("Table")),
    "pre": (' role="group" tabindex="0"', lambda: _("Code")),
    'section class="footnotes"': ("", lambda: _("Footnotes")),
    'a class="footnote-backref"': ("", lambda: _("Back to the text")),
    'input class="task-box" type="checkbox" disabled': ("", lambda: _("To do")),
    'input class="task-box" type="checkbox" disabled checked': ("", lambda: _("Done")),
}


def present(html: str) -> Markup:
    """For templates. `html` has to come from `render`, straight or by way of the database."""
    return Markup(_OPEN.sub(_complete, html))  # noqa: S704  # sanitised when it was rendered; see `sanitise`


def _complete(found: re.Match[str]) -> str:
    if found["start"]:
        role, label = _STARTS[found["start"]]
        return f'<{found["start"]}{role} aria-label="{escape(label())}"'
    note = _(
        "Plays from %(provider)s in privacy mode. Nothing is loaded from %(provider)s until you press play.",
        provider=_PROVIDERS[found["provider"]],
    )
    return (
        f"<{found['player']}{escape(_('Play the video'))}</span></a>"
        f'<figcaption class="video__note">{escape(note)}</figcaption>'
    )
