"""`forum user`: members, on the operator's word."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from forum import config
from forum.accounts import commands, emails, names, passwords, queries
from forum.accounts.problems import Problems
from forum.kernel.access import Role
from forum.kernel.db import transaction
from forum.kernel.lines import one_line

ROLE = click.Choice([role.value for role in Role])


@click.group()
def user() -> None:
    """Make and list members."""


@user.command()
@click.option("--username", required=True, help="3 to 30 letters, digits, “_” or “-”.")
@click.option("--email", required=True, help="Their e-mail address; it counts as confirmed.")
@click.option("--name", default="", help="Their name; the username where it's left out.")
@click.option("--role", type=ROLE, default=Role.MEMBER.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def create(username: str, email: str, name: str, role: str, *, password_stdin: bool) -> None:
    """Make a confirmed member."""
    if not password_stdin:
        raise click.UsageError("Give the password on standard input and add --password-stdin.")
    new = _checked(username, email, one_line(name) or username)
    with transaction():
        commands.create(new, Role(role))
    click.echo(f"Made {new.username}, {role}. They sign in at {config.absolute('/sign-in')}")


@user.command("set-role")
@click.argument("username")
@click.argument("role", type=ROLE)
@with_appcontext
def set_role(username: str, role: str) -> None:
    """Make a member a moderator or an administrator, or take that back."""
    with transaction():
        commands.set_role(username, Role(role))
    click.echo(f"{username} is {role} from now on.")


@user.command("set-email")
@click.argument("username")
@click.argument("email")
@with_appcontext
def set_email(username: str, email: str) -> None:
    """Give a member an e-mail address, so that an imported one can sign in."""
    problems = Problems()
    checked = problems.checked(lambda: emails.check_email(email), "")
    problems.refuse()
    with transaction():
        commands.set_email(username, checked)
    click.echo(f"{username} can ask for a password at {config.absolute('/reset-password')}")


@user.command("reset-second-factor")
@click.argument("username")
@with_appcontext
def reset_second_factor(username: str) -> None:
    """Remove the second factors of a member who is locked out. Make sure that it's them who asked."""
    with transaction():
        commands.reset_factors(username)
    click.echo(f"{username} has no second factor any more, is signed out everywhere, and is told by mail.")


@user.command("list")
@with_appcontext
def list_members() -> None:
    """One line a member: username, role, state, address, name."""
    for member in queries.all_members():
        click.echo("\t".join((member.username, member.role, member.state, member.email or "-", member.name)))


def _checked(username: str, email: str, name: str) -> commands.NewMember:
    """Names that are kept for the house are the operator's to give. Raises Invalid, naming every problem."""
    password, personal = sys.stdin.readline().rstrip("\r\n"), (username, email, name, config.current().site_name)
    problems = Problems()
    username = problems.checked(lambda: names.check_username(username), "")
    email = problems.checked(lambda: emails.check_email(email), "")
    password = problems.checked(lambda: passwords.check_password(password, personal), "")
    problems.refuse()
    return commands.NewMember(username, name, email, passwords.hash_password(password))
