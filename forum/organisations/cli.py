"""`forum organisation`: organisations and their people, on the operator's word."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from forum import config
from forum.kernel.access import Right
from forum.kernel.db import transaction
from forum.kernel.operator import OPERATOR
from forum.organisations import commands, queries
from forum.organisations.details import Details
from forum.organisations.models import Organisation, OrganisationKind

# As one word each, so that nobody has to quote them.
KINDS = {kind.value.replace(" ", "-"): kind for kind in OrganisationKind}


@click.group()
def organisation() -> None:
    """Make and list organisations, and appoint their people."""


@organisation.command()
@click.argument("slug", required=False, default="")
@click.option("--name", required=True, help="As it stands in bylines.")
@click.option("--code", required=True, help="2 to 4 letters, for the plate.")
@click.option("--kind", required=True, type=click.Choice(list(KINDS)))
@click.option("--country", default="", help="Its code of two letters, such as NL.")
@click.option("--city", default="")
@click.option("--domain", default="", help="Of its website, such as amsterdam.nl.")
@click.option("--verified", is_flag=True, help="You know that it is who it says: its people may speak for it.")
@with_appcontext
def create(slug: str, name: str, code: str, kind: str, *, verified: bool, **more: str) -> None:
    """Make an organisation. SLUG is its word in addresses; left out, it is made from the name."""
    details = Details(name=name, code=code, kind=KINDS[kind], **more)
    with transaction():
        made = commands.create(OPERATOR, details, slug=slug, verified=verified)
    state = "verified" if verified else "not verified: nobody can publish in its name yet"
    click.echo(f"Made {made.name}, {state}: {config.absolute(f'/organisations/{made.slug}')}")
    click.echo(f"Appoint an owner: forum organisation add-member {made.slug} USERNAME --right owner")


@organisation.command("add-member")
@click.argument("slug", metavar="ORGANISATION")
@click.argument("username", metavar="USER")
@click.option("--right", required=True, type=click.Choice([right.value for right in Right]))
@click.option("--title", default="", help="Their role, as it stands beside their name.")
@with_appcontext
def add_member(slug: str, username: str, right: str, title: str) -> None:
    """Let a member belong to an organisation. ORGANISATION is its slug (forum organisation list)."""
    with transaction():
        to = _get(slug)
        commands.add_member(OPERATOR, to.id, username, commands.Place(right=right, title=title))
    click.echo(f"{username} is {right} of {to.name} from now on.")


@organisation.command("list")
@with_appcontext
def list_organisations() -> None:
    """One line an organisation: slug, code, state, name."""
    for one in queries.all_organisations():
        click.echo(f"{one.slug}\t{one.code}\t{one.state}\t{one.name}")


def _get(slug: str) -> Organisation:
    found = queries.find_organisation(queries.find_moved(slug, OPERATOR) or slug, OPERATOR)
    if found is None:
        raise click.ClickException(f"There is no organisation {slug!r}. forum organisation list shows them all.")
    return found
