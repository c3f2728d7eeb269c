"""`forum backup create` and `forum backup restore`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from forum import config
from forum.backup import making
from forum.backup.archive import Manifest

FROM_BUCKET = ", those of the bucket among them"
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def backup() -> None:
    """Put the whole site into one file, and bring it back."""


@backup.command()
@click.argument("file", type=FILE)
@with_appcontext
def create(file: Path) -> None:
    """Write database, pictures and secret key into FILE, while the site is up.

    The file is checked after it's written. It holds addresses, letters and the secret key: keep it private.
    """
    manifest = making.create(file.absolute(), config.current().data_dir)
    click.echo(f"{file}: {_told(manifest)}{FROM_BUCKET if config.current().media_url else ''}")


@backup.command()
@click.argument("file", type=FILE)
@with_appcontext
def restore(file: Path) -> None:
    """Bring a site back from FILE, on an empty database of either kind. Stop the site first."""
    manifest = making.restore(file.absolute(), config.current().data_dir)
    if config.current().media_url:
        click.echo("Its files are in the bucket that FORUM_MEDIA_URL names.")
    click.echo(f"Restored {_told(manifest)}, as it was on {manifest.made_at:.16} UTC.")
    click.echo("Start it again with: forum serve")


def _told(manifest: Manifest) -> str:
    tables = [entry for name, entry in manifest.entries.items() if name.startswith("tables/")]
    files = len(manifest.entries) - len(tables)
    return f"{sum(entry.rows for entry in tables):,} rows of {len(tables)} tables, {files:,} files"
