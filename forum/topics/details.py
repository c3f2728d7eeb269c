"""What a topic says about itself: cleaned, and checked before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.kernel.slugs import MAX_LENGTH, slug_of
from forum.topics.models import PostingPolicy, Sign

MAX_NAME = 60
MAX_DESCRIPTION = 200
MAX_INTRODUCTION = 8_000
MAX_NOTE = 1_000
# One letter is no word to call a topic by in a text.
MIN_SLUG = 2
# Addresses that are pages of their own beside the topics.
RESERVED = frozenset({"new"})


@dataclass(frozen=True)
class Details:
    """Without a slug one is made from the name. `parent` is a slug or empty. The `_html` fields are what text.render
    made of the two Markdown ones."""

    name: str
    slug: str = ""
    description: str = ""
    sign: str = Sign.ENAMEL
    posting_policy: str = PostingPolicy.OPEN
    parent: str = ""
    introduction: str = ""
    introduction_html: str = ""
    pinned_note: str = ""
    pinned_note_html: str = ""


def checked(details: Details) -> Details:
    """The details as they are kept. Raises Invalid naming every field that can't be."""
    name = one_line(details.name)
    cleaned = replace(
        details,
        name=name,
        slug=details.slug.strip() or slug_of(name, "topic"),
        description=one_line(details.description),
        parent=details.parent.strip(),
    )
    problems = dict(_problems(cleaned))
    if problems:
        raise Invalid(_("Some of this can’t be kept as it is."), fields=problems)
    return cleaned


def _problems(details: Details) -> Iterator[tuple[str, Words]]:
    if not 2 <= len(details.name) <= MAX_NAME:
        yield "name", _("Give a name of 2 to %(most)s characters.", most=MAX_NAME)
    if not _is_slug(details.slug):
        yield "slug", _("An address is made of lower-case letters, digits and hyphens, such as circular-city.")
    if len(details.description) > MAX_DESCRIPTION:
        yield "description", _("Shorten the description to %(most)s characters.", most=MAX_DESCRIPTION)
    if details.sign not in set(Sign):
        yield "sign", _("Choose one of the signs.")
    if details.posting_policy not in set(PostingPolicy):
        yield "posting_policy", _("Choose who may post.")
    if len(details.introduction) > MAX_INTRODUCTION:
        yield "introduction", _("Shorten the introduction to %(most)s characters.", most=f"{MAX_INTRODUCTION:,}")
    if len(details.pinned_note) > MAX_NOTE:
        yield "pinned_note", _("Shorten the note to %(most)s characters.", most=f"{MAX_NOTE:,}")


def _is_slug(slug: str) -> bool:
    return MIN_SLUG <= len(slug) <= MAX_LENGTH and slug == slug_of(slug, "") and slug not in RESERVED
