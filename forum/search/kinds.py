"""The words for what can be found, as people write them in a query and as the page says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from forum.kernel.errors import Words
from forum.posts.models import PostKind
from forum.search import tokens
from forum.search.ask import Field, Sort
from forum.search.documents import Kind
from forum.search.words import base_of

MINE = "is:mine"
COMMENTS = "comments"


@dataclass(frozen=True)
class Choice:
    """A value of a filter: as the address has it, as the index has it, and as the page says it."""

    value: str
    token: str
    words: Words


KINDS: tuple[Choice, ...] = (
    Choice("post", tokens.kind(Kind.POST), _("Posts")),
    Choice("comment", tokens.kind(Kind.COMMENT), _("Comments")),
    Choice("organisation", tokens.kind(Kind.ORGANISATION), _("Organisations")),
    Choice("member", tokens.kind(Kind.MEMBER), _("People")),
    Choice("topic", tokens.kind(Kind.TOPIC), _("Topics")),
)
POST_KINDS: tuple[Choice, ...] = (
    Choice("article", tokens.post_kind(PostKind.ARTICLE), _("Articles")),
    Choice("question", tokens.post_kind(PostKind.QUESTION), _("Questions")),
    Choice("request", tokens.post_kind(PostKind.REQUEST), _("Requests")),
    Choice("event", tokens.post_kind(PostKind.EVENT), _("Events")),
)
MARKS: tuple[Choice, ...] = (
    Choice("question", tokens.post_kind(PostKind.QUESTION), _("Questions")),
    Choice("answered", tokens.ANSWERED, _("Answered")),
    Choice("event", tokens.post_kind(PostKind.EVENT), _("Events")),
    Choice("official", tokens.OFFICIAL, _("From a verified organisation")),
    Choice("mine", MINE, _("By you")),
)
# Plurals and Dutch, in the places of the values above.
_ALSO = {
    "posts": "post", "bericht": "post", "berichten": "post", "comments": "comment", "reply": "comment", "replies":
    "comment", "reactie": "comment", "reacties": "comment", "organisations": "organisation", "organization":
    "organisation", "organizations": "organisation", "organisatie": "organisation", "organisaties": "organisation",
    "members": "member", "people": "member", "person": "member", "lid": "member", "leden": "member", "mensen": "member",
    "topics": "topic", "onderwerp": "topic", "onderwerpen": "topic", "articles": "article", "artikel": "article",
    "artikelen": "article", "questions": "question", "vraag": "question", "vragen": "question", "requests": "request",
    "verzoek": "request", "verzoeken": "request", "events": "event", "bijeenkomst": "event", "bijeenkomsten": "event",
    "beantwoord": "answered", "solved": "answered", "officieel": "official", "verified": "official", "me": "mine",
    "mij": "mine", "own": "mine",
}  # fmt: skip
PLACES: Mapping[str, str] = {
    "title": Field.TITLE, "titles": Field.TITLE, "titel": Field.TITLE, "body": Field.BODY, "text": Field.BODY, "tekst":
    Field.BODY, "comments": COMMENTS, "comment": COMMENTS, "reacties": COMMENTS,
}  # fmt: skip
PLACE_WORDS: Mapping[str, Words] = {
    Field.TITLE: _("In titles and names"),
    Field.BODY: _("In the text"),
    COMMENTS: _("In comments"),
}
SORTS: Mapping[str, Sort] = {
    "relevance": Sort.RELEVANCE, "best": Sort.RELEVANCE, "newest": Sort.NEWEST, "new": Sort.NEWEST, "nieuwste":
    Sort.NEWEST, "top": Sort.TOP, "recommended": Sort.TOP,
}  # fmt: skip
SORT_WORDS: Mapping[Sort, Words] = {
    Sort.RELEVANCE: _("Best match"),
    Sort.NEWEST: _("Newest"),
    Sort.TOP: _("Most recommended"),
}


def find_kind(text: str) -> Choice | None:
    return _find(text, (*KINDS, *POST_KINDS))


def find_mark(text: str) -> Choice | None:
    return _find(text, MARKS)


def _find(text: str, choices: tuple[Choice, ...]) -> Choice | None:
    value = _ALSO.get(text.lower(), text.lower())
    return next((one for one in choices if one.value == value), None)


def find_language(text: str) -> str | None:
    """The code of a language that is written as one, or as its name in English, Dutch or itself."""
    said = text.lower()
    try:
        return Locale.parse(said, sep="-").language
    except (UnknownLocaleError, ValueError):
        return _LANGUAGES.get(said)


_LANGUAGES = {
    "english": "en", "engels": "en", "dutch": "nl", "nederlands": "nl", "german": "de", "duits": "de", "deutsch": "de",
    "french": "fr", "frans": "fr", "francais": "fr", "français": "fr",
}  # fmt: skip


def language_name(code: str) -> Words:
    """In the language of whoever reads it."""
    words: Words = LazyString(_language_name, code)
    return words


def _language_name(code: str) -> str:
    name = (get_locale() or Locale("en")).languages.get(base_of(code), code)
    return str(name[:1].upper() + name[1:])
