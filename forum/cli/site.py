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
from forum.kernel.settings import SettingChange
from forum.search.index import engine
from forum.search.rebuild import count_all

FIRST_ADMINISTRATOR = """There is no administrator yet. Make one:
  forum user create --username NAME --email ADDRESS --role admin --password-stdin
(type the password, then end the input with Ctrl-D)"""


@click.command()
def init() -> None:
    """Create or upgrade the database, the index and the data folder. Safe to repeat."""
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
        if not count_all():
            engine().create()  # of a site with texts the worker builds it
    click.echo(f"Ready: {app.extensions['settings'].data_dir}")


def count_administrators() -> int:
    return db.session.scalar(select(func.count()).select_from(Member).where(Member.role == Role.ADMIN)) or 0


@click.group()
def setting() -> None:
    """Read and change the site's settings."""


@setting.command("list")
@with_appcontext
def list_settings() -> None:
    """Show every setting with its value, what it does, its type and its default."""
    for name, value in site_settings.values().items():
        one, default = site_settings.get_setting(name), site_settings.default_of(name)
        click.echo(f"{name} = {value}\n    {one.about} ({one.kind.value}, {default or 'empty'} by default)")


@setting.command("get")
@click.argument("name")
@with_appcontext
def get_setting(name: str) -> None:
    """Show one setting's value."""
    site_settings.get_setting(name)
    click.echo(site_settings.values()[name])


@setting.command()
@click.argument("name")
@with_appcontext
def history(name: str) -> None:
    """Show who changed a setting, when, from what and to what: the newest first."""
    default = site_settings.default_of(name)
    changes = (
        select(SettingChange, Member.username)
        .outerjoin(Member, Member.id == SettingChange.member_id)
        .where(SettingChange.name == name)
        .order_by(SettingChange.id.desc())
    )
    for line, username in db.session.execute(changes):
        old, new = (default if value is None else value for value in (line.old, line.new))
        click.echo(f"{line.changed_at:%Y-%m-%d %H:%M} UTC  {username or 'command line'}: {old!r} → {new!r}")


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
