"""Stored HTML as it is read elsewhere: in a feed reader or a letter, where an address has to be whole."""

from __future__ import annotations

import re

from forum.kernel.text.present import present

# Only attributes match: a member's `<` is stored as an entity wherever it stands.
_LOCAL = re.compile(r'(<[a-z][^<>]*? (?:href|src)=")([/#])')


def abroad(html: str, site: str, here: str) -> str:
    """`html` as `render` made it; `site` is the site's address without a slash at its end, `here` the text's own."""
    return _LOCAL.sub(lambda found: f"{found[1]}{site if found[2] == '/' else here}{found[2]}", present(html))
