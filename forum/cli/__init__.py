"""The command line: `forum …`. Every command exits non-zero on failure and says what to do next."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click
from flask import Flask
from flask.cli import ScriptInfo

from forum.config import ConfigurationError
from forum.kernel.errors import ForumError

# Command → where it's defined. Imported only when asked for, so that `forum --help` answers at once.
COMMANDS = {
    "init": "forum.cli.site:init",
    "setting": "forum.cli.site:setting",
    "doctor": "forum.cli.doctor:doctor",
    "serve": "forum.cli.serving:serve",
    "worker": "forum.cli.serving:worker",
    "demo": "forum.cli.serving:demo",
    "import": "forum.community.cli:import_",
    "sample": "forum.community.cli:sample",
    "user": "forum.privacy.cli:user",
    "topic": "forum.topics.cli:topic",
    "organisation": "forum.organisations.cli:organisation",
    "mail": "forum.notifications.cli:mail",
    "text": "forum.cli.text:text",
    "moderation": "forum.transparency.cli:moderation",
    "search": "forum.search.cli:search",
    "backup": "forum.backup.cli:backup",
    "counters": "forum.recommendations.cli:counters",
}


class Lazy(click.Group):
    """A group whose commands are imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click calls it by name
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def _create_app() -> Flask:
    from forum.app import create_app  # only commands that need the application pay for it

    return create_app()


@click.group(cls=Lazy)
@click.version_option(package_name="kade", prog_name="forum")
@click.pass_context
def forum(context: click.Context) -> None:
    """Kade, a discussion and commenting forum for cities."""
    context.obj = ScriptInfo(create_app=_make_app)


def _make_app() -> Flask:
    """For the commands of features, which say `@with_appcontext` and don't know the factory."""
    from forum.app import create_app

    return create_app()


def main(args: list[str] | None = None) -> Any:
    """The entry point. Refusals become one clear line on standard error."""
    try:
        return forum.main(args, prog_name="forum", obj=ScriptInfo(create_app=_create_app))
    except ConfigurationError as error:
        for problem in error.problems:
            click.echo(f"forum: {problem}", err=True)
        sys.exit(2)
    except ForumError as error:
        click.echo(f"forum: {_said_by_database(error.__cause__) or error.message}", err=True)
        for field, message in error.fields.items():
            click.echo(f"  {field}: {message}", err=True)
        sys.exit(1)
    except Exception as error:
        said = _said_by_database(error)
        if not said:
            raise
        click.echo(f"forum: {said}", err=True)
        sys.exit(1)


def _said_by_database(error: BaseException | None) -> str:
    """What to do about an error of the database's that isn't a fault of ours; empty for others."""
    from sqlalchemy.exc import DBAPIError

    from forum.kernel import outages
    from forum.kernel.errors import Away

    if not isinstance(error, DBAPIError):
        return ""
    reason = outages.reason_of(error)
    if outages.is_of_tables(error):
        return f"The database isn't set up, or of another version ({reason}). Run: forum init"
    refusal = outages.refusal_of(error)
    if isinstance(refusal, Away):
        return f"The database can't be reached: {reason}. See that it runs, and what FORUM_DATABASE_URL says."
    return str(refusal.message) if refusal else ""
