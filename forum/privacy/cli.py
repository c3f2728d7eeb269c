"""`forum user export` and `forum user erase`: for somebody who asked the operator, by the same rules."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from forum.accounts.cli import user as user  # noqa: PLC0414 - exported again: `forum user` is found here
from forum.accounts.mail import language_of
from forum.accounts.models import Member
from forum.accounts.queries import get_member
from forum.kernel import clock
from forum.kernel.db import transaction
from forum.kernel.errors import Refused
from forum.kernel.operator import OPERATOR
from forum.kernel.personal import Choice, Choices
from forum.privacy import archive, commands, working
from forum.privacy.queries import find_erasure, preview
from forum.privacy.records import Preview

CHOICE = click.Choice([choice.value for choice in Choice])


@user.command()
@click.argument("username")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(username: str, file: Path) -> None:
    """Write all that the site holds about a member into a ZIP file."""
    member = get_member(username, OPERATOR)
    if file.exists():
        raise Refused(f"{file} is there already. Name another file, or remove that one.")
    size = archive.write(member.id, language_of(member), file.absolute())
    click.echo(f"{file}: {size} bytes, everything about {username}. Readable by you only.")


@user.command()
@click.argument("username")
@click.option("--posts", type=CHOICE, default=Choice.KEEP.value, show_default=True, help="Their own posts.")
@click.option("--comments", type=CHOICE, default=Choice.KEEP.value, show_default=True, help="Their own comments.")
@click.option("--at-once", is_flag=True, help="Now, without the 14 days in which they can change their mind.")
@click.option("--yes", is_flag=True, help="Do it; without this, only what would go and stay is printed.")
@with_appcontext
def erase(username: str, posts: str, comments: str, *, at_once: bool, yes: bool) -> None:
    """Erase a member who asked for it. They get letters, and 14 days to change their mind."""
    member = get_member(username, OPERATOR)
    _print(preview(member.id))
    if not yes:
        click.echo(f"Nothing was done. To do it: forum user erase {username} --yes")
        return
    with transaction():
        asked = commands.ask_erasure(member.id, Choices(Choice(posts), Choice(comments)))
        when = asked.erase_at
    if at_once:
        _erase_now(member)
        click.echo(f"{username} is erased.")
    else:
        click.echo(f"{username} is erased on {when:%Y-%m-%d}, unless they sign in and stay.")


def _erase_now(member: Member) -> None:
    """Raises Refused where it began to be impossible this moment."""
    with transaction():
        found = find_erasure(member.id, lock=True)
        if found is not None:
            found.erase_at = min(found.erase_at, clock.now())
    if not working.erase(member.id):
        raise Refused("They can't be erased now: see their letter.")


def _print(seen: Preview) -> None:
    for name, written in (("Posts", seen.posts), ("Comments", seen.comments)):
        click.echo(f"{name}: {written.own} of their own, {written.official} for organisations, {written.unseen} unseen")
    for line in seen.going:
        click.echo(f"goes\t{line.count}\t{line.title}")
    for line in seen.staying:
        click.echo(f"stays without name and words\t{line.count}\t{line.title}")
    if str(seen.obstacle):
        click.echo(f"Not yet: {seen.obstacle}")
