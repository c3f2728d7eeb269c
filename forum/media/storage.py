"""Where files are kept: a folder, or a store that speaks S3. The one door to obstore.

FORUM_MEDIA_URL is empty for the folder `media/` in the data folder, else
`s3://KEY-ID:SECRET@HOST[:PORT]/BUCKET[/PREFIX]?region=REGION`; `s3+http://` for a store on one's own network, without
TLS.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app

from forum.media.errors import NoSuchFile, StorageAway

FOLDER = "media"
# The part that a check writes. One that is left behind is swept away like any bytes without a file.
PROBE = "probe"
# A reader waits for a picture; a store that needs longer is away.
TIMEOUTS = {"timeout": "10s", "connect_timeout": "3s"}
RETRIES = {"max_retries": 2}


def install(app: Flask, url: str | None, data_dir: Path) -> None:
    app.extensions["media_storage"] = Storage(url, data_dir / FOLDER)


def current() -> Storage:
    storage: Storage = current_app.extensions["media_storage"]
    return storage


class Storage:
    """Files by key; a file has parts: its sizes, or the document itself."""

    def __init__(self, url: str | None, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """All parts, or StorageAway."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            for name, data in parts.items():
                obstore.put(self._store, path_of(key, name), data)
        except (BaseError, OSError) as error:
            raise StorageAway from error

    def get(self, key: str, name: str) -> bytes:
        """Raises NoSuchFile, StorageAway."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            return bytes(obstore.get(self._store, path_of(key, name)).bytes())
        except FileNotFoundError as error:
            raise NoSuchFile from error
        except (BaseError, OSError) as error:
            raise StorageAway from error

    def delete(self, key: str) -> None:
        """All parts; what isn't there is deleted already."""
        import obstore

        for path in [entry["path"] for batch in obstore.list(self._store, path_of(key, "")) for entry in batch]:
            obstore.delete(self._store, path)

    def stored(self) -> Iterator[tuple[str, datetime]]:
        """Key and age of everything stored, part by part."""
        import obstore

        for batch in obstore.list(self._store):
            for entry in batch:
                parts = entry["path"].split("/")
                if len(parts) == 3:
                    yield parts[1], entry["last_modified"]

    def paths(self) -> Iterator[str]:
        """Of everything stored, part by part. Raises StorageAway."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            for batch in obstore.list(self._store):
                yield from (entry["path"] for entry in batch)
        except (BaseError, OSError) as error:
            raise StorageAway from error

    def read(self, path: str) -> bytes:
        """A part by its path. Raises NoSuchFile, StorageAway."""
        key, _slash, name = path.partition("/")[2].partition("/")
        return self.get(key, name)

    def write(self, path: str, data: bytes) -> None:
        """A part by its path, as `paths` has it. Raises StorageAway."""
        key, _slash, name = path.partition("/")[2].partition("/")
        self.put(key, {name: data})

    def check(self) -> None:
        """That something can be written, read again and deleted. Raises StorageAway, caused by what went wrong."""
        from obstore.exceptions import BaseError

        key, data = secrets.token_urlsafe(12), secrets.token_bytes(64)
        self.put(key, {PROBE: data})
        if self.get(key, PROBE) != data:
            raise StorageAway from ValueError("what was written isn’t what is read")
        try:
            self.delete(key)
        except (BaseError, OSError) as error:
            raise StorageAway from error

    @property
    def place(self) -> str:
        """Where files are, without what opens it."""
        if not self.url:
            return str(self.folder)
        parts = urlsplit(self.url)
        return f"{parts.netloc.rpartition('@')[2]}{parts.path}"

    @cached_property
    def _store(self) -> Any:
        """Made when first needed: obstore takes a while to load."""
        from obstore.store import LocalStore, S3Store

        if not self.url:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return LocalStore(self.folder)
        parts = urlsplit(self.url)
        scheme = "http" if parts.scheme == "s3+http" else "https"
        bucket, _slash, prefix = parts.path.strip("/").partition("/")
        return S3Store(
            bucket,
            prefix=prefix or None,
            endpoint=f"{scheme}://{parts.netloc.rpartition('@')[2]}",
            region=parse_qs(parts.query).get("region", ["us-east-1"])[0],
            access_key_id=unquote(parts.username or ""),
            secret_access_key=unquote(parts.password or ""),
            virtual_hosted_style_request=False,
            client_options={**TIMEOUTS, "allow_http": scheme == "http"},  # type: ignore[arg-type]  # its own words
            retry_config=RETRIES,  # type: ignore[arg-type]  # some of its settings are enough
        )


def path_of(key: str, name: str) -> str:
    """Spread over folders, since some file systems grow slow with full ones."""
    return f"{key[:2].lower()}/{key}/{name}"
