"""What members say about themselves."""

from __future__ import annotations

from dataclasses import dataclass

from forum.accounts.models import Member
from forum.kernel.access import Actor
from forum.kernel.db import db


@dataclass(frozen=True)
class ProfileWords:
    """Checked and rendered before the transaction began."""

    name: str
    headline: str
    city: str
    bio: str
    bio_html: str
    languages: tuple[str, ...]
    interface_language: str | None


def edit_profile(actor: Actor, words: ProfileWords) -> None:
    member = db.session.get_one(Member, actor.id)
    member.name, member.headline, member.city = words.name, words.headline, words.city
    member.bio, member.bio_html = words.bio, words.bio_html
    member.languages, member.interface_language = list(words.languages), words.interface_language


def set_face(actor: Actor, key: str) -> None:
    """`key` is that of a stored square; empty for none."""
    db.session.get_one(Member, actor.id).face = key


def set_language(actor: Actor, code: str) -> None:
    """The language that the site and its letters speak to this member."""
    db.session.get_one(Member, actor.id).interface_language = code
