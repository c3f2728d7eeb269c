"""`forum import` and `forum sample`."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time
from pathlib import Path

import click
from flask.cli import with_appcontext

from forum.accounts.passwords import hash_password
from forum.community.file import open_file
from forum.community.loading import Tally, prepare, write
from forum.community.sample.making import Sample, make
from forum.community.sample.size import Size
from forum.kernel import clock, schema
from forum.kernel.db import transaction

COUNT = click.IntRange(0, 20_000_000)
SOME = click.IntRange(1, 1_000_000)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_(file: Path) -> None:
    """Load a community file (forum-community/1): everything in it, or nothing. Safe to repeat."""
    community = open_file(file)
    schema.check()
    prepared = prepare(community)
    with transaction():
        tally = write(prepared)
    click.echo(_told(tally))


def _told(tally: Tally) -> str:
    return "\n".join(f"{noun}: {count.new} new, {count.before} already there" for noun, count in tally.items())


@click.command()
@click.option("--posts", default=200, show_default=True, type=SOME)
@click.option("--comments", default=5_000, show_default=True, type=COUNT)
@click.option("--members", default=500, show_default=True, type=SOME)
@click.option("--organisations", default=20, show_default=True, type=click.IntRange(0, 100_000))
@click.option("--long-thread", default=0, type=COUNT, help="One post with so many of the comments.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same community on the same day.")
@with_appcontext
def sample(posts: int, comments: int, members: int, organisations: int, *, long_thread: int, seed: int) -> None:
    """Make a synthetic community, for load and benchmarks, beside what is here. Prints what and where, as JSON.

    Two years of it, up to last midnight. Nobody else can write until it's done. Build the search index afterwards:
    forum search rebuild.
    """
    schema.check()
    size = Size(posts, comments, members, organisations, _midnight(), long_thread, seed)
    password = password_for(seed)
    hashed = hash_password(password)
    with transaction():
        made = make(size, hashed)
    click.echo(json.dumps(_as_json(made, password)))


def _midnight() -> datetime:
    return datetime.combine(clock.now().date(), time(), UTC)


def password_for(seed: int) -> str:
    """Of the member who can sign in: anybody may work it out, as anybody may read it where it's printed."""
    return f"sample-{hashlib.sha256(f'sample {seed}'.encode()).hexdigest()[:12]}"


def _as_json(made: Sample, password: str) -> dict[str, object]:
    return {
        "counts": made.counts,
        "addresses": {"post": made.post, "long_thread": made.long_thread, "topic": made.topic},
        "member": {"username": made.username, "password": password},
    }
