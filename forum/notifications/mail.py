"""Letters about what happened, in the language of who reads them. Put into the tray in the open transaction.

Letters about one post form one thread in the reader's mail: their References name it, and each its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from forum import config
from forum.accounts.models import Member
from forum.kernel import mailer
from forum.notifications import tokens
from forum.notifications.models import Kind
from forum.notifications.records import Group, Line
from forum.notifications.words import KINDS, sentence, speakers
from forum.posts.cards import PostCard

# Enough to see what is going on; the rest is a click away.
MOST_LINES = 10


@dataclass(frozen=True)
class Section:
    """A part of a digest: posts under one heading."""

    title: str
    posts: tuple[PostCard, ...]


def mail_group(member: Member, group: Group) -> None:
    """One letter for all that happened in one thread of one kind."""
    with force_locale(language_of(member)):
        newest = group.newest
        letter = {
            "lead": sentence(group),
            "title": newest.title,
            "lines": group.lines[:MOST_LINES],
            "more": max(len(group.lines) - MOST_LINES, 0),
            "url": config.absolute(newest.address),
            "why": KINDS[Kind(newest.kind)][1],
        }
        subject = _("Re: %(title)s", title=newest.title) if newest.comment_id else _subject(group)
        _post(member, subject, newest.kind, letter, _threading(member, newest))


def mail_digest(member: Member, sections: Sequence[Section], groups: Sequence[Group]) -> None:
    """Whoever calls looked that there is something in it."""
    site = config.current().site_name
    count = sum(len(section.posts) for section in sections)
    with force_locale(language_of(member)):
        subject = ngettext("%(site)s: %(num)s new post", "%(site)s: %(num)s new posts", count, site=site)
        if not count:
            subject = _("%(site)s: what happened", site=site)
        letter = {
            "sections": sections,
            "updates": [
                (sentence(group), config.absolute(group.newest.address), group.newest.title) for group in groups
            ],
        }
        _post(member, subject, tokens.DIGEST, letter, {})


def language_of(member: Member) -> str:
    offered = config.current().languages
    language = member.interface_language if member.interface_language in offered else offered[0]
    return str(language).replace("-", "_")


def _subject(group: Group) -> str:
    newest = group.newest
    return f"{speakers(group)}: {newest.title}" if newest.post_id is not None and newest.who else sentence(group)


def _threading(member: Member, line: Line) -> dict[str, str]:
    """RFC 5322 §3.6.4: answers name what they answer. Nothing has to have been sent under that name."""
    if line.post_id is None:
        return {}
    root = f"<post-{line.post_id}.{member.id}@{config.current().host.partition(':')[0]}>"
    return {"In-Reply-To": root, "References": root}


def _post(member: Member, subject: str, what: str, letter: Mapping[str, object], more: dict[str, str]) -> None:
    """`what` can be stopped from the letter: a kind, or the digest, which has a template of its own."""
    settings = config.current()
    stop = config.absolute(f"/unsubscribe/{tokens.make(member.id, what)}")
    frame = {
        **letter,
        "username": member.username,
        "subject": subject,
        "absolute": config.absolute,
        "stop_url": stop,
        "settings_url": config.absolute("/settings/notifications"),
        "site": settings.site_name,
        "site_url": config.absolute("/"),
        "language": language_of(member).replace("_", "-"),
    }
    template = "digest" if what == tokens.DIGEST else "update"
    mailer.post(
        mailer.Letter(
            to_address=member.email or "",
            to_name=member.username,
            subject=subject,
            plain=_render(f"notifications/letters/{template}.txt", frame),
            html=_render(f"notifications/letters/{template}.html", frame),
            headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", **more},
        ),
        settings.host,
    )


def _render(name: str, frame: dict[str, object]) -> str:
    """Without Flask's render_template, whose names come from a request, and the worker has none."""
    return current_app.jinja_env.get_template(name).render(frame)
