"""`forum counters`: whether the stored counts are right, on the operator's word."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from forum.kernel import counters as kept
from forum.kernel.db import transaction
from forum.recommendations.counters import ALL


@click.group()
def counters() -> None:
    """Check and rebuild the counts that pages show."""


@counters.command()
@with_appcontext
def check() -> None:
    """Count everything anew and compare. Exits with 1 if a count is wrong."""
    with transaction():
        wrong = kept.check(ALL)
    for one in wrong:
        examples = ", ".join(f"{id_} says {stored} and has {true}" for id_, stored, true in one.examples)
        click.echo(f"{one.name}: {one.wrong} wrong ({examples})")
    if wrong:
        raise click.ClickException("Some counts are wrong. Run: forum counters rebuild")
    click.echo(f"All {len(ALL)} counters are right.")


@counters.command()
@with_appcontext
def rebuild() -> None:
    """Set every wrong count right. Safe at any time; changes wait until it's done."""
    with transaction():
        changed = kept.rebuild(ALL)
    for name, number in changed.items():
        click.echo(f"{name}: {number} set right")
