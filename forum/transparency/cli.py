"""`forum moderation …`."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from forum.transparency import queries


@click.group()
def moderation() -> None:
    """Look after the record of moderation."""


@moderation.command("verify-log")
@with_appcontext
def verify_log() -> None:
    """Check that no line of the moderation log was changed, left out or slipped in."""
    checked, broken = queries.first_broken()
    if broken is not None:
        click.echo(
            f"Line {broken} isn't as it was written, or doesn't follow the one before ({checked} before it hold)."
        )
        click.echo("Compare it with a backup: somebody changed the database by hand.")
        raise SystemExit(1)
    click.echo(f"{checked} lines, and every one follows from the one before.")
