"""`forum import` and `forum sample`."""

from __future__ import annotations

from pathlib import Path

import click

from forum.app import create_app
from forum.community.file import open_file
from forum.community.loading import Tally, prepare, write
from forum.kernel.db import transaction


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Load a community file (forum-community/1): everything in it, or nothing. Safe to repeat."""
    community = open_file(file)
    with create_app().app_context():
        prepared = prepare(community)
        with transaction():
            tally = write(prepared)
    click.echo(_told(tally))


def _told(tally: Tally) -> str:
    return "\n".join(f"{noun}: {count.new} new, {count.before} already there" for noun, count in tally.items())
