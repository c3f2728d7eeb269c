"""`forum init` and `forum setting`: the installation and the site's settings."""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.app import create_app
from forum.config import Settings
from forum.kernel import schema
from forum.kernel import settings as site_settings
from forum.kernel.access import Role
from forum.kernel.db import db, transaction

FIRST_ADMINISTRATOR = """There is no administrator yet. Make one:
  forum user create --username NAME --email ADDRESS --role admin --password-stdin
(type the password, then end the input with Ctrl-D)"""


@click.command()
def init() -> None:
    """Create or upgrade the database and the data folder. Safe to repeat."""
    app = create_app()
    prepare(app)
    with app.app_context():
        if not count_administrators():
            click.echo(FIRST_ADMINISTRATOR)


def prepare(app: Flask) -> None:
    """Everything `forum init` does but its advice."""
    settings: Settings = app.extensions["settings"]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    settings.data_dir.chmod(0o700)
    with app.app_context():
        schema.upgrade()
    click.echo(f"Ready: {app.extensions['settings'].data_dir}")


def count_administrators() -> int:
    return db.session.scalar(select(func.count()).select_from(Member).where(Member.role == Role.ADMIN)) or 0


@click.group()
def setting() -> None:
    """Read and change the site's settings."""


@setting.command("list")
@with_appcontext
def list_settings() -> None:
    """Show every setting with its value and what it does."""
    for name, value in site_settings.values().items():
        click.echo(f"{name} = {value}\n    {site_settings.get_setting(name).about}")


@setting.command("get")
@click.argument("name")
@with_appcontext
def get_setting(name: str) -> None:
    """Show one setting's value."""
    site_settings.get_setting(name)
    click.echo(site_settings.values()[name])


@setting.command("set")
@click.argument("name")
@click.argument("value", required=False)
@click.option("--default", "to_default", is_flag=True, help="Go back to the default.")
@with_appcontext
def set_setting(name: str, value: str | None, *, to_default: bool) -> None:
    """Change one setting."""
    if (value is None) != to_default:
        raise click.UsageError("Give a value, or --default to go back to the default.")
    with transaction():
        site_settings.change(name, None if to_default else value)
    click.echo(f"{name} = {site_settings.values()[name]}")
