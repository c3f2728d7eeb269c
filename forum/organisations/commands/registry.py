"""Make an organisation, and change what its page says."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError

from forum.kernel import clock
from forum.kernel.access import Actor
from forum.kernel.db import db
from forum.kernel.errors import Forbidden, Invalid, Refused
from forum.kernel.events import record
from forum.kernel.ids import OrganisationId
from forum.kernel.slugs import MAX_LENGTH, first_free, slug_of
from forum.organisations import policy
from forum.organisations.details import FROZEN, Details, checked
from forum.organisations.errors import CodeTaken, Frozen, NameTaken, NotOwner, SlugTaken
from forum.organisations.events import OrganisationChanged, OrganisationCreated
from forum.organisations.models import ApprovalPolicy, Organisation, OrganisationAddress, Verification

# People and domains change hands, so a verification is renewed each year.
VERIFIED_FOR = timedelta(days=365)
# Addresses that are, or will be, pages of their own beside the organisations.
RESERVED = frozenset({"apply", "new"})


def create(actor: Actor, details: Details, *, slug: str = "", verified: bool = False) -> Organisation:
    """Without a slug one is made from the name, and a second organisation of the same name is refused.

    Raises Forbidden, Invalid, CodeTaken, NameTaken or SlugTaken.
    """
    if not policy.can_create(actor):
        raise Forbidden(_("Only administrators can add organisations."))
    kept = checked(details)
    organisation = _new(kept, _free_slug(kept.name) if not slug else _given_slug(slug), verified=verified)
    if not slug:
        _refuse_same_name(kept.name)
    if verified:
        refuse_taken_code(kept.code)
    _insert(organisation)
    record(OrganisationCreated(organisation.id))
    return organisation


def found(details: Details, parent_id: OrganisationId | None = None) -> Organisation:
    """A draft that somebody applies for; only a name that readers know already is refused.

    Whoever calls asked whether they may. Raises Invalid, CodeTaken or NameTaken.
    """
    kept = checked(details)
    refuse_known_name(kept.name)
    refuse_taken_code(kept.code)
    organisation = _new(kept, _free_slug(kept.name), verified=False)
    organisation.state, organisation.parent_id = Verification.DRAFT, parent_id
    _insert(organisation)
    record(OrganisationCreated(organisation.id))
    return organisation


def refuse_known_name(name: str, but: OrganisationId | None = None) -> None:
    """Drafts and rejected applications keep no name from anybody. Raises NameTaken."""
    known = (Organisation.state.not_in(policy.HIDDEN), Organisation.id != (but or 0))
    same = db.session.scalar(select(Organisation).where(func.lower(Organisation.name) == name.lower(), *known).limit(1))
    if same is not None:
        raise NameTaken(same.name, same.slug)


def _new(details: Details, slug: str, *, verified: bool) -> Organisation:
    now = clock.now()
    return Organisation(
        **vars(details),
        slug=slug,
        state=Verification.VERIFIED if verified else Verification.SUBMITTED,
        verified_at=now if verified else None,
        verified_until=now + VERIFIED_FOR if verified else None,
        created_at=now,
    )


def _insert(organisation: Organisation) -> None:
    """The checks before it can't see what another transaction is doing at this moment; the database can."""
    try:
        with db.session.begin_nested():
            db.session.add(organisation)
    except IntegrityError as error:
        raise _same_moment() from error


def _same_moment() -> Refused:
    return Refused(_("Somebody took this name or code at the same moment. Look, then try again."))


def _given_slug(slug: str) -> str:
    if slug != slug_of(slug, "") or len(slug) > MAX_LENGTH or slug in RESERVED:
        message = _("An address is made of lower-case letters, digits and hyphens, such as city-of-ghent.")
        raise Invalid(message, fields={"slug": message})
    if slug in _taken(slug):
        raise SlugTaken(slug)
    return slug


def _free_slug(name: str) -> str:
    wanted = slug_of(name, "organisation")
    return first_free(wanted, _taken(wanted) | RESERVED)


def _taken(beginning: str) -> set[str]:
    """Slugs that start so and are an organisation's, or were."""
    now = select(Organisation.slug).where(Organisation.slug.startswith(beginning, autoescape=True))
    before = select(OrganisationAddress.slug).where(OrganisationAddress.slug.startswith(beginning, autoescape=True))
    return set(db.session.scalars(now.union(before)))


def _refuse_same_name(name: str) -> None:
    same = db.session.scalar(
        select(Organisation)
        .where(or_(Organisation.name == name, func.lower(Organisation.name) == name.lower()))
        .limit(1)
    )
    if same is not None:
        raise NameTaken(same.name, same.slug)


def refuse_taken_code(code: str, but: OrganisationId | None = None) -> None:
    """Raises CodeTaken where another verified organisation has it."""
    verified = (Organisation.state == Verification.VERIFIED, Organisation.id != (but or 0))
    holder = db.session.scalar(select(Organisation.name).where(Organisation.code == code, *verified))
    if holder is not None:
        raise CodeTaken(code, holder)


def edit(actor: Actor, organisation_id: OrganisationId, details: Details) -> Organisation:
    """A changed name brings a new address; the old one leads there. Raises NotOwner, Invalid or Frozen."""
    organisation = get_locked(organisation_id)
    if not policy.can_edit(actor, organisation):
        raise NotOwner
    kept = checked(details)
    _refuse_frozen(organisation, kept)
    rewrite(organisation, kept)
    return organisation


def rewrite(organisation: Organisation, kept: Details) -> None:
    """What is said of a locked organisation, verified or not: whoever calls knows that it may be. Raises Refused."""
    slug = _moved_slug(organisation, kept.name)
    try:
        with db.session.begin_nested():
            _leave_address(organisation, slug)
            for field, value in vars(kept).items():
                setattr(organisation, field, value)
    except IntegrityError as error:
        raise _same_moment() from error
    record(OrganisationChanged(organisation.id))


def set_approval(actor: Actor, organisation_id: OrganisationId, wanted: str) -> Organisation:
    """Whose texts in its name wait for one of its owners or editors, from the next one on.

    Raises NotOwner or Invalid.
    """
    organisation = get_locked(organisation_id)
    if not policy.can_edit(actor, organisation):
        raise NotOwner
    if wanted not in set(ApprovalPolicy):
        message = _("Choose whose texts wait for approval.")
        raise Invalid(message, fields={"approval_policy": message})
    organisation.approval_policy = wanted
    record(OrganisationChanged(organisation.id))
    return organisation


def set_logo(actor: Actor, organisation_id: OrganisationId, key: str) -> Organisation:
    """What stands on its plate: the key of a stored square, or empty for its code. Raises NotOwner."""
    organisation = get_locked(organisation_id)
    if not policy.can_edit(actor, organisation):
        raise NotOwner
    organisation.logo = key
    return organisation


def _refuse_frozen(organisation: Organisation, details: Details) -> None:
    changed = [field for field in FROZEN if getattr(details, field) != getattr(organisation, field)]
    if changed and policy.is_frozen(organisation):
        raise Frozen


def _moved_slug(organisation: Organisation, name: str) -> str:
    """The address follows the name, and may go back to one that this organisation had before."""
    wanted = slug_of(name, "organisation")
    if name == organisation.name or wanted == organisation.slug:
        return organisation.slug
    own = select(OrganisationAddress.slug).where(OrganisationAddress.organisation_id == organisation.id)
    taken = _taken(wanted) - set(db.session.scalars(own)) - {organisation.slug}
    return first_free(wanted, taken | RESERVED)


def _leave_address(organisation: Organisation, slug: str) -> None:
    if slug == organisation.slug:
        return
    db.session.execute(delete(OrganisationAddress).where(OrganisationAddress.slug == slug))
    db.session.add(OrganisationAddress(slug=organisation.slug, organisation_id=organisation.id))
    organisation.slug = slug


def get_locked(organisation_id: OrganisationId) -> Organisation:
    """The organisation, until the end of the transaction nobody else's to change. Counters can still grow."""
    return db.session.execute(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).scalar_one()
