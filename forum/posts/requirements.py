"""What is missing or too much in a draft, told field by field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext

from forum.kernel import clock
from forum.kernel.errors import Invalid, Words
from forum.kernel.text import Rendered
from forum.media.policy import MAX_ALT
from forum.posts.draft import Draft
from forum.posts.happening import find_zone
from forum.posts.models import PostKind
from forum.posts.policy import MAX_LINK, MAX_PLACE, MAX_STANDFIRST, MAX_TITLE, MAX_TOPICS, TrustLimits

Problem = tuple[str, Words]


def check_complete(draft: Draft, body: Rendered, limits: TrustLimits) -> None:
    """Everything that readers need is there. Raises Invalid."""
    _refuse([*_missing(draft), *_too_much(draft), *_kind_problems(draft), *text_problems(body, limits)])


def check_draft(draft: Draft) -> None:
    """A draft may lack anything, but it isn't empty. Raises Invalid."""
    problems = list(_too_much(draft))
    if not draft.title and not draft.source:
        problems.append(("title", _("Write a title or some text first, so that there is something to keep.")))
    _refuse(problems)


def check_words(draft: Draft, topics: int) -> None:
    """What every post has, imported ones too; an old event may lack its time. Raises Invalid."""
    problems = [problem for problem in (*_missing(draft), *_too_much(draft)) if problem[0] != "topics"]
    if not 1 <= topics <= MAX_TOPICS:
        problems.append(("topics", _("A post is under one to %(limit)s topics.", limit=MAX_TOPICS)))
    _refuse(problems)


def text_problems(body: Rendered, limits: TrustLimits) -> Iterator[Problem]:
    """What a text holds too much of for its author's trust level. A picture counts as a picture, not as a link too."""
    if limits.links is not None and len(body.links) - body.images > limits.links:
        yield (
            "body",
            lazy_ngettext(
                "A text of yours can hold %(num)s link for now. Take some out.",
                "A text of yours can hold %(num)s links for now. Take some out.",
                limits.links,
            ),
        )
    if limits.images is not None and body.images > limits.images:
        yield (
            "body",
            lazy_ngettext(
                "A text of yours can hold %(num)s picture for now. Take some out.",
                "A text of yours can hold %(num)s pictures for now. Take some out.",
                limits.images,
            ),
        )
    if limits.mentions is not None and len(body.mentions) > limits.mentions:
        yield (
            "body",
            lazy_ngettext(
                "A text of yours can mention %(num)s person for now. Take some out.",
                "A text of yours can mention %(num)s people for now. Take some out.",
                limits.mentions,
            ),
        )


def _missing(draft: Draft) -> Iterator[Problem]:
    if not draft.title:
        yield "title", _("Write a title that says what this is about.")
    if not draft.source:
        yield "body", _("Write the text.")
    if draft.image and not draft.image.alt and not draft.image.is_decorative:
        yield "image_alt", _("Say what the picture at the top shows, or that it only decorates.")
    if not draft.topics:
        yield "topics", _("Choose at least one topic.")


def _too_much(draft: Draft) -> Iterator[Problem]:
    if len(draft.title) > MAX_TITLE:
        yield "title", _("Shorten the title to %(limit)s characters.", limit=MAX_TITLE)
    if len(draft.standfirst) > MAX_STANDFIRST:
        yield "standfirst", _("Shorten the introduction to %(limit)s characters.", limit=MAX_STANDFIRST)
    if len(set(draft.topics)) > MAX_TOPICS:
        yield "topics", _("Choose at most %(limit)s topics.", limit=MAX_TOPICS)
    if draft.image and len(draft.image.alt) > MAX_ALT:
        yield "image_alt", _("Shorten the description to %(limit)s characters.", limit=MAX_ALT)
    if len(draft.place) > MAX_PLACE:
        yield "place", _("Shorten the place to %(limit)s characters.", limit=MAX_PLACE)
    if len(draft.link) > MAX_LINK:
        yield "link", _("This link is too long. Use a shorter one.")


def _kind_problems(draft: Draft) -> Iterator[Problem]:
    if draft.kind is PostKind.EVENT:
        yield from _event_problems(draft)
    yesterday = clock.now() - timedelta(days=1)  # it's still today somewhere
    if draft.kind is PostKind.REQUEST and draft.deadline is not None and draft.deadline < yesterday:
        yield "deadline", _("This day has passed. Choose a later one.")


def _event_problems(draft: Draft) -> Iterator[Problem]:
    if draft.starts_at is None:
        yield "starts_at", _("Say when the event starts.")
    if draft.ends_at is None:
        yield "ends_at", _("Say when the event ends.")
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        yield "ends_at", _("The event ends before it starts. Change one of the two.")
    if find_zone(draft.time_zone) is None:
        yield "time_zone", _("Choose a time zone from the list, such as Europe/Amsterdam.")
    if not draft.place and not draft.link:
        yield "place", _("Say where the event is: a place, a link, or both.")


def _refuse(problems: list[Problem]) -> None:
    """The first problem of each field is enough to mend it."""
    fields: dict[str, Words] = {}
    for name, words in problems:
        fields.setdefault(name, words)
    if fields:
        raise Invalid(_("This can’t be published yet."), fields=fields)
