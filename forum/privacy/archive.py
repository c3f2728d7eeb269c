"""A member's data in one file: `data.json` for programs, `index.html` for people, and the files that they added.

    data.json    {"format": "kade-export/1", "site", "address", "made_at", "data": {name: [row, …]}}
    index.html   the same, for reading without a network or scripts
    files/…      pictures and documents, at their largest

docs/export.md tells what each list holds.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
from flask import current_app
from flask_babel import force_locale, format_datetime
from flask_babel import gettext as _
from sqlalchemy import select

from forum import config
from forum.kernel import clock
from forum.kernel.db import db, snapshot
from forum.kernel.ids import MemberId
from forum.kernel.personal import Section, sections_of
from forum.media import queries as media
from forum.media import storage
from forum.media.errors import NoSuchFile
from forum.media.models import File
from forum.privacy.words import LABELS

log = structlog.get_logger()

FORMAT = "kade-export/1"
FOLDER = "exports"
FIRST = ("members", "posts", "comments")
_LINKS = {"post_id": "/posts/{}/", "comment_id": "/comments/{}"}


@dataclass(frozen=True)
class Field:
    """`address` is where it leads, or empty; `is_long`: words in lines of their own."""

    label: str
    text: str
    address: str = ""
    is_long: bool = False


def folder() -> Path:
    return config.current().data_dir / FOLDER


def path_of(key: str) -> Path:
    return folder() / f"{key}.zip"


def write(member_id: MemberId, language: str, path: Path) -> int:
    """Whole, or not at all; readable by its owner only. All of it is of one moment. Returns its size in bytes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as into, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        with snapshot():
            sections = tuple(sorted(sections_of(member_id), key=_place))
            files = tuple(db.session.scalars(select(File).where(File.owner_id == member_id).order_by(File.id)))
            for file in files:  # read, and not to be read again when the snapshot ends
                db.session.expunge(file)
        packed.writestr("data.json", json.dumps(_for_programs(sections), ensure_ascii=False, indent=1))
        with force_locale(language):
            packed.writestr("index.html", _for_people(sections, files, language.replace("_", "-")))
        packed.writestr("style.css", current_app.jinja_env.get_template("privacy/archive.css").render())
        for file in files:
            _put(packed, file)
    part.replace(path)
    return path.stat().st_size


def _place(section: Section) -> int:
    """What people look for first; the rest as it comes."""
    return FIRST.index(section.name) if section.name in FIRST else len(FIRST)


def _for_programs(sections: tuple[Section, ...]) -> dict[str, Any]:
    settings = config.current()
    head = {"format": FORMAT, "site": settings.site_name, "address": settings.base_url}
    made = {"made_at": clock.now().isoformat(), "data": {one.name: list(one.rows) for one in sections}}
    return {**head, **made}


def _for_people(sections: tuple[Section, ...], files: tuple[File, ...], language: str) -> str:
    """Without Flask's render_template, whose names come from a request, and the worker has none."""
    shown = [(one, [tuple(_fields(one.name, row)) for row in one.rows]) for one in sections if one.rows]
    pictures = [(name_of(file), file.name, file.alt, file.width > 0) for file in files]
    page: str = current_app.jinja_env.get_template("privacy/archive.html").render(
        sections=shown, files=pictures, site=config.current().site_name, made_at=clock.now(), language=language
    )
    return page


def _fields(name: str, row: Mapping[str, Any]) -> Iterator[Field]:
    """Those that say something to a person; the rest is for programs."""
    own = {"posts": "/posts/{}/", "comments": "/comments/{}"}.get(name)
    if own is not None:
        yield Field(_("Address"), config.absolute(own.format(row["id"])), config.absolute(own.format(row["id"])))
    for column, value in row.items():
        if value in (None, "", [], {}):
            continue
        if column in _LINKS:
            address = config.absolute(_LINKS[column].format(value))
            yield Field(str(LABELS[column]), address, address)
        elif column in LABELS:
            text = _written(column, value)
            yield Field(str(LABELS[column]), text, is_long="\n" in text or len(text) > 80)


def _written(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str) and (column == "at" or column.endswith(("_at", "_until", "_date"))):
        return str(format_datetime(datetime.fromisoformat(value), "d MMMM y, HH:mm"))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def name_of(file: File) -> str:
    """In the archive."""
    return f"files/{file.key}.{media.largest_part(file).rpartition('.')[2]}"


def _put(packed: zipfile.ZipFile, file: File) -> None:
    try:
        data = storage.current().get(file.key, media.largest_part(file))
    except NoSuchFile:
        log.warning("export_lacks_file", key=file.key)
        return
    packed.writestr(zipfile.ZipInfo(name_of(file)), data)
