"""`forum text`: what members wrote, brought up to the present pipeline."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import with_appcontext

from forum.comments.commands import rerender as rerender_comments
from forum.kernel.db import db, transaction
from forum.posts.commands import rerender as rerender_posts

# What is rendered → renders some texts of an older pipeline again and returns how many.
TEXTS: dict[str, Callable[[], int]] = {"posts": rerender_posts, "comments": rerender_comments}


@click.group()
def text() -> None:
    """Look after the texts that members wrote."""


@text.command()
@with_appcontext
def rerender() -> None:
    """Render texts of an older pipeline again. Safe to repeat, and while the site is up."""
    for name, batch in TEXTS.items():
        click.echo(f"{name}: {_all(batch)} rendered again")


def _all(batch: Callable[[], int]) -> int:
    """A transaction for each batch, so that writers wait for one at most."""
    done = 0
    while True:
        with transaction():
            count = batch()
        db.session.expunge_all()  # a million texts don't fit into memory
        if not count:
            return done
        done += count
