"""`forum topic`: topics, on the operator's word."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from forum import config
from forum.kernel.db import transaction
from forum.kernel.operator import OPERATOR
from forum.topics import commands, queries
from forum.topics.details import Details
from forum.topics.models import Sign


@click.group()
def topic() -> None:
    """Make and list topics."""


@topic.command()
@click.argument("slug")
@click.option("--name", required=True)
@click.option("--description", default="", help="One sentence, shown under the name.")
@click.option("--sign", type=click.Choice([sign.value for sign in Sign]), default=Sign.ENAMEL.value, show_default=True)
@click.option("--parent", default="", help="The slug of the topic that it is a part of.")
@click.option("--position", type=click.IntRange(0, 1_000_000), help="Lower comes first; by default it comes last.")
@with_appcontext
def create(position: int | None, **words: str) -> None:
    """Make a topic. SLUG is its word in addresses, such as circular-city."""
    with transaction():
        made = commands.create(OPERATOR, Details(**words), position=position)
    click.echo(f"Made {made.name}: {config.absolute(f'/topics/{made.slug}')}")


@topic.command("list")
@with_appcontext
def list_topics() -> None:
    """One line a topic, in their order: slug, state, published posts, name."""
    for one in queries.all_topics():
        click.echo(f"{one.slug}\t{one.state}\t{one.post_count}\t{one.name}")
