"""`forum mail`: what an operator does about letters."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from forum.kernel.db import transaction
from forum.notifications import bounces, commands


@click.group()
def mail() -> None:
    """Letters that came back."""


@mail.command()
@with_appcontext
def bounce() -> None:
    """Read a delivery report from standard input, and stop mail to the addresses it gave up.

    For the mail server: pipe what comes back to the sender's address into this.
    """
    found = bounces.given_up(sys.stdin.buffer)
    with transaction():
        stopped = [address for address, reason in found.items() if commands.stop_mail(address, reason)]
    if not stopped:
        click.echo("No member's address was given up in this report.")
        return
    for address in stopped:
        click.echo(f"No more mail to {address}, until its member says that it works again.")
