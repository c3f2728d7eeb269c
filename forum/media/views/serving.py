"""Files go out, to those who may see what holds them. Nothing that is opened directly runs or is believed."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

from forum.kernel.access import current_actor, public
from forum.kernel.pictures import SHARED_WIDTH, SQUARES, widths_of
from forum.media import queries, storage
from forum.media.errors import NoSuchFile
from forum.media.models import FileKind
from forum.media.queries import Served
from forum.media.views.door import blueprint

# An address never changes its content. Browsers keep it; a cache that many share asks again soon, since a text may be
# hidden meanwhile.
PUBLIC = "public, max-age=31536000, s-maxage=600, immutable"
PRIVATE = "private, no-store"
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "pdf": "application/pdf"}
# Opened by itself a file is a page without scripts, styles, frames and forms, in an origin of its own.
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@blueprint.get("/media/<string(length=16):key>.<any(webp,jpg,pdf):ending>")
@public
def file(key: str, ending: str) -> Response:
    served = queries.get_served(key, current_actor())
    return _answer(served, _largest(served, ending), ending)


@blueprint.get("/media/<string(length=16):key>/<int:width>.<any(webp,jpg):ending>")
@public
def size(key: str, width: int, ending: str) -> Response:
    served = queries.get_served(key, current_actor())
    sizes = _sizes(served, ending)
    if served.kind == FileKind.SQUARE and width in SQUARES:
        width = min(width, sizes[-1])  # one cut from a small picture has no size of its own for each place
    if width not in sizes:
        raise NoSuchFile
    return _answer(served, f"{width}.{ending}", ending)


def _largest(served: Served, ending: str) -> str:
    if (served.kind == FileKind.DOCUMENT) is not (ending == "pdf"):
        raise NoSuchFile
    return "document.pdf" if ending == "pdf" else f"{_sizes(served, ending)[-1]}.{ending}"


def _sizes(served: Served, ending: str) -> tuple[int, ...]:
    if served.kind == FileKind.SQUARE:
        return (*(one for one in SQUARES if one < served.width), served.width) if ending == "webp" else (0,)
    return widths_of(served.width) if ending == "webp" else (min(served.width, SHARED_WIDTH),)


def _answer(served: Served, part: str, ending: str) -> Response:
    data = storage.current().get(served.key, part)
    answer = Response(data, mimetype=TYPES[ending])
    answer.headers["Cache-Control"] = PUBLIC if served.is_public else PRIVATE
    answer.headers["Content-Security-Policy"] = ALONE
    way = "attachment" if ending == "pdf" else "inline"
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(_name(served, ending), safe='')}"
    answer.set_etag(f"{served.key}-{part}")
    answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return answer


def _name(served: Served, ending: str) -> str:
    """The name it came with, with the ending of what it is now."""
    stem = served.name.rpartition(".")[0] or served.name
    return f"{stem}.{ending}"
