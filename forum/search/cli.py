"""`forum search …`: building the index anew, and what state it's in."""

from __future__ import annotations

import time

import click
from flask.cli import with_appcontext

from forum.kernel.db import db
from forum.search import rebuild as building
from forum.search.engines.base import IndexMissing, Progress, WriterBusy
from forum.search.index import engine
from forum.search.queries.lag import lag

TELL_EACH_S = 5


@click.group()
def search() -> None:
    """Look after the search index."""


@search.command()
@with_appcontext
def rebuild() -> None:
    """Build the index anew beside the live one, then swap. Safe while the site is up; stopped, it goes on next time."""
    total, begun = building.count_all(), time.monotonic()
    db.session.rollback()
    before = engine().progress()
    click.echo(f"{'Going on with' if before else 'Building'} an index of {total:,} documents …")
    try:
        building.build(_teller(total, begun, before.done if before else 0))
    except WriterBusy:
        raise click.ClickException(
            "It is being built already, by the worker or another command: wait for it."
        ) from None
    click.echo(f"Done in {time.monotonic() - begun:.0f} s: the new index is live.")


def _teller(total: int, begun: float, before: int) -> building.Told:
    """Says how far it is, every few seconds. `before` are the documents of an earlier try."""
    told = begun

    def tell(progress: Progress) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < TELL_EACH_S:
            return
        told = now
        left = (now - begun) / (progress.done - before) * max(0, total - progress.done)
        share = min(100, 100 * progress.done // max(1, total))
        click.echo(f"  {progress.done:,} of {total:,} ({share} %), about {left:.0f} s left")

    return tell


@search.command()
@with_appcontext
def status() -> None:
    """Say how many documents the index has, what it doesn't know yet, and which engine it is."""
    index, waiting = engine(), lag()
    click.echo(f"engine: {index.name}")
    try:
        state = index.state()
    except IndexMissing:
        click.echo("index: it can't be read; the worker builds it anew, or run: forum search rebuild")
    else:
        click.echo(f"documents: {state.documents:,} in {state.parts} parts, {state.size / 1024**2:,.1f} MB")
    click.echo(f"lag: {waiting.count:,} changes" if waiting.count else "lag: none")
    if index.is_building():
        done = progress.done if (progress := index.progress()) else 0
        click.echo(f"building: {done:,} of {building.count_all():,} documents of the next index")
    trouble = index.trouble()
    if trouble:
        raise click.ClickException(f"The index is not well: {trouble}. Run: forum search rebuild")
