"""What was sent with a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from forum.accounts.local_paths import local_path
from forum.kernel.errors import Invalid
from forum.kernel.lines import one_line
from forum.kernel.pictures import Document, Picture
from forum.media.policy import MAX_ALT, MAX_FILE, MAX_NAME
from forum.media.studio import PICTURES_TAKEN

# Forms that show themselves again, with what they are given, when `preview` is sent along.
REDRAWN = re.compile(r"/posts/new|/posts/\d+/edit|/posts/\d+/comments|/comments/\d+/edit")
_NOT_IN_A_LABEL = re.compile(r"([\\\[\]<>`*_!&])")


@dataclass(frozen=True)
class Sent:
    """A file as it came: `name` is the browser's, cleaned; nothing is believed of it."""

    data: bytes
    name: str
    alt: str


def read_file(files: MultiDict[str, FileStorage], fields: MultiDict[str, str]) -> Sent:
    """Raises Invalid without a file, or for a description that is too long."""
    file = files.get("file")
    if file is None or not file.filename:
        raise Invalid(PICTURES_TAKEN, {"file": PICTURES_TAKEN})
    alt = read_alt(fields.get("alt", ""))
    return Sent(data=file.stream.read(MAX_FILE + 1), name=clean_name(file.filename), alt=alt)


def read_alt(typed: str) -> str:
    """Raises Invalid."""
    alt = one_line(typed)
    if len(alt) > MAX_ALT:
        words = _("Shorten the description to %(limit)s characters.", limit=MAX_ALT)
        raise Invalid(words, {"alt": words})
    return alt


def clean_name(typed: str) -> str:
    """The last part of a path, without what acts unseen; long ones keep their ending."""
    name = one_line(re.split(r"[/\\]", typed)[-1]).lstrip(".")
    stem, dot, ending = name.rpartition(".")
    if len(name) > MAX_NAME and dot and len(ending) <= 8:
        name = f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"
    return name[:MAX_NAME] or "file"


def read_back(fields: MultiDict[str, str]) -> str:
    """The form that a file is added to, by the address it is sent to. Raises Invalid."""
    back = local_path(fields.get("back"), "")
    if not REDRAWN.fullmatch(back):
        raise Invalid(_("This form is incomplete. Go back to your text and choose “Picture or file” again."))
    return back


def markdown_of(file: Picture | Document, alt: str) -> str:
    """What stands for it in a text."""
    if isinstance(file, Picture):
        return f"![{_escaped(alt)}]({file.address})"
    return f"[{_escaped(alt or file.name)}]({file.address})"


def with_file(body: str, markdown: str) -> str:
    """The text with a paragraph of its own for it at the end."""
    return f"{body.rstrip()}\n\n{markdown}\n".lstrip()


def _escaped(words: str) -> str:
    return _NOT_IN_A_LABEL.sub(r"\\\1", words)
