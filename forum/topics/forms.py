"""The form of a topic: what was typed, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.lines import one_line
from forum.topics import queries
from forum.topics.details import Details
from forum.topics.models import PostingPolicy, Sign, Topic
from forum.topics.names import known

MAX_CURATORS = 30
# They stand on one page.
SCOPES = {"introduction": "intro-", "pinned_note": "note-"}
_BETWEEN_NAMES = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class TopicForm:
    """The fields as typed."""

    name: str = ""
    slug: str = ""
    description: str = ""
    sign: str = Sign.ENAMEL
    posting_policy: str = PostingPolicy.OPEN
    parent: str = ""
    introduction: str = ""
    pinned_note: str = ""
    curators: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        return tuple(vars(self).values())


def read(form: MultiDict[str, str]) -> TopicForm:
    return TopicForm(**{name: form.get(name, default) for name, default in vars(TopicForm()).items()})


def of(topic: Topic) -> TopicForm:
    """The form of a topic as it is kept."""
    return TopicForm(
        name=topic.name,
        slug=topic.slug,
        description=topic.description,
        sign=topic.sign,
        posting_policy=topic.posting_policy,
        parent=queries.parent_slug(topic),
        introduction=topic.introduction,
        pinned_note=topic.pinned_note,
        curators=", ".join(card.username for card in queries.curators_of(topic.id)),
    )


def details_of(form: TopicForm) -> Details:
    """Rendered, so before the transaction. Raises Invalid."""
    introduction, introduction_html = _rendered("introduction", form.introduction)
    pinned_note, pinned_note_html = _rendered("pinned_note", form.pinned_note)
    return Details(
        name=form.name,
        slug=form.slug,
        description=form.description,
        sign=form.sign,
        posting_policy=form.posting_policy,
        parent=form.parent,
        introduction=introduction,
        introduction_html=introduction_html,
        pinned_note=pinned_note,
        pinned_note_html=pinned_note_html,
    )


def curators_of(form: TopicForm) -> tuple[str, ...]:
    """The usernames, each once. Raises Invalid for too many."""
    names = [name.removeprefix("@") for name in _BETWEEN_NAMES.split(one_line(form.curators))]
    curators = tuple(dict.fromkeys(name for name in names if name))
    if len(curators) > MAX_CURATORS:
        raise _refusal("curators", _("Name at most %(most)s curators.", most=MAX_CURATORS))
    return curators


def _rendered(field: str, typed: str) -> tuple[str, str]:
    """Source and HTML."""
    try:
        source = text.clean_source(typed)
        return source, text.render(source, known(text.names_in(source)), scope=SCOPES[field]).html if source else ""
    except text.TextTooLong as error:
        raise _refusal(field, _("Shorten this text.")) from error
    except text.TextRefused as error:
        raise _refusal(field, _("Use less markup in this text.")) from error


def _refusal(field: str, message: Words) -> Invalid:
    return Invalid(message, {field: message})
