"""What goes into the slots of a shared page. Words come from templates, rendered once a language and kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from urllib.parse import quote

from flask import Flask
from flask_babel import force_locale
from markupsafe import escape

from forum.accounts.cards import MemberCard
from forum.following.models import Level, TargetKind
from forum.following.words import LEVELS, THREAD_LEVELS
from forum.kernel import keys
from forum.kernel.access import MemberState, Role
from forum.kernel.jinja import stand_ins
from forum.organisations.bylines import Plate
from forum.pages.store import Shown
from forum.pages.viewers import Viewer

# Stand-ins in kept HTML, filled for each answer. Kept HTML also holds names that members chose, hence the secret.
_SECRET = secrets.token_hex(12)
ID, CSRF, KEY, BACK = (f"{name}{_SECRET}" for name in ("id", "csrf", "key", "back"))
NUMBER, NEXT, ADDRESS, UPDATES = (f"{name}{_SECRET}" for name in ("number", "next", "address", "updates"))
MOST = 99  # new comments that are counted out; beyond, it says 99+


@dataclass(frozen=True)
class Pieces:
    """The words of all slots in one language."""

    recommended: str
    not_recommended: str
    own: str
    report: str
    accept: str
    unaccept: str
    post_own: str
    fold_open: str
    fold_close: str
    masthead_signed_out: str
    tab_signed_out: str
    form_signed_out: str
    composer_signed_out: str
    new: str
    unread: str
    one_new: str
    many_new: str
    followed: str
    not_followed: str
    keep: str
    kept: str
    badge: str
    no_badge: str
    curate_post: str
    curate_topic: str


@dataclass(frozen=True)
class Own:
    """The words of the slots that speak of one member, by what they depend on."""

    masthead: str
    tab: str
    form: str


@dataclass(frozen=True)
class Filling:
    """Everything the slots of one answer need. `waiting`: own comments that wait, by the comment they stand after."""

    viewer: Viewer | None
    pieces: Pieces
    own: Own | None
    shown: Shown
    back: str
    composer: str = ""
    waiting: Mapping[int, str] = field(default_factory=dict)
    levels: Callable[[bool, str], str] = lambda _thread, _level: ""
    leaving: str = ""


@dataclass(frozen=True)
class Choice:
    """A voice in "Writing as": `value` is an organisation's slug, or empty for oneself."""

    value: str
    name: str
    card: MemberCard | None
    plate: Plate | None


@dataclass(frozen=True)
class _Named:
    """What the masthead shows of a member. `queue`: how many cases wait for them, None where there is no queue."""

    card: MemberCard
    queue: int | None
    is_admin: bool

    @property
    def username(self) -> str:
        return self.card.username

    @property
    def name(self) -> str:
        return self.card.name


class Filler:
    """Renders the pieces with the application's templates. One for each application."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.pieces = lru_cache(maxsize=20)(self._pieces)
        self.own = lru_cache(maxsize=2000)(self._own)
        self.composer = lru_cache(maxsize=500)(self._composer)
        self.levels = lru_cache(maxsize=100)(self._levels)
        self.leaving = lru_cache(maxsize=100)(self._leaving)

    def filling(self, viewer: Viewer | None, shown: Shown, language: str, back: str) -> Filling:
        pieces = self.pieces(language)
        is_admin = viewer is not None and viewer.role is Role.ADMIN
        own = self.own(viewer.card, viewer.csrf, language, viewer.queue, is_admin=is_admin) if viewer else None
        return Filling(
            viewer, pieces, own, shown, back, self._composer_for(viewer, shown, language),
            levels=partial(self.levels, language), leaving=self._leaving_for(viewer, language),
        )  # fmt: skip

    def _composer_for(self, viewer: Viewer | None, shown: Shown, language: str) -> str:
        if viewer is None or shown.discussion is None:
            return ""
        kept = self.composer(viewer.card, viewer.voices, viewer.state, language)
        return kept.replace(CSRF, viewer.csrf).replace(KEY, keys.fresh()).replace(ID, str(shown.discussion))

    def _leaving_for(self, viewer: Viewer | None, language: str) -> str:
        return self.leaving(language, viewer.leaves_on) if viewer and viewer.leaves_on else ""

    def _render(self, template: str, language: str, csrf: str = "", **context: object) -> str:
        with self.app.app_context(), force_locale(language.replace("-", "_")), stand_ins(csrf, KEY):
            return self.app.jinja_env.get_template(template).render(language=language, **context)

    def _pieces(self, language: str) -> Pieces:
        text = self._render("pages/_pieces.html", language, id=ID, back=BACK, number=NUMBER, next=NEXT)
        parts = [part.strip("\n") for part in text.split("\x02cut\x03")]
        return Pieces(*parts)

    def _own(self, card: MemberCard, csrf: str, language: str, queue: int | None, *, is_admin: bool) -> Own:
        named = _Named(card, queue, is_admin)
        text = self._render("pages/_own_pieces.html", language, csrf, viewer=named, updates=UPDATES)
        return Own(*(part.strip("\n") for part in text.split("\x02cut\x03")))

    def _levels(self, language: str, is_thread: bool, level: str) -> str:  # noqa: FBT001  # a key of the cache
        choices = THREAD_LEVELS if is_thread else LEVELS
        return self._render("pages/_follow_levels.html", language, address=ADDRESS, level=level, choices=choices)

    def _leaving(self, language: str, day: str) -> str:
        return self._render("pages/_leaving.html", language, day=date.fromisoformat(day))

    def _composer(self, card: MemberCard, voices: tuple[Plate, ...], state: MemberState, language: str) -> str:
        choices = (Choice("", card.name, card, None), *(Choice(one.slug, one.name, None, one) for one in voices))
        return self._render(
            "pages/_composer.html", language, CSRF, viewer=card, voices=choices, state=state.value, id=ID
        )


def _masthead(filling: Filling, _: int) -> str:
    if filling.own and filling.viewer:
        count, pieces = filling.viewer.updates, filling.pieces
        badge = pieces.badge.replace(NUMBER, _counted(count)) if count else pieces.no_badge
        return filling.own.masthead.replace(UPDATES, badge)
    return filling.pieces.masthead_signed_out.replace(BACK, str(escape(quote(filling.back, safe="/"))))


def _tab(filling: Filling, _: int) -> str:
    return filling.own.tab if filling.own else filling.pieces.tab_signed_out


def _leaving(filling: Filling, _: int) -> str:
    """On every page of who asked for their account to be erased."""
    return filling.leaving


def _viewer_form(filling: Filling, _: int) -> str:
    return filling.own.form if filling.own else filling.pieces.form_signed_out


def _recommended(filling: Filling, number: int) -> str:
    pieces, viewer = filling.pieces, filling.viewer
    return pieces.recommended if viewer and number in viewer.comments else pieces.not_recommended


def _post_recommended(filling: Filling, number: int) -> str:
    pieces, viewer = filling.pieces, filling.viewer
    return pieces.recommended if viewer and number in viewer.posts else pieces.not_recommended


def _post_kept(filling: Filling, number: int) -> str:
    """As a button that recommends says it."""
    pieces, viewer = filling.pieces, filling.viewer
    return pieces.recommended if viewer and number in viewer.kept else pieces.not_recommended


def _own(filling: Filling, number: int) -> str:
    viewer = filling.viewer
    if viewer is None:
        return ""
    pieces = filling.pieces
    keep = pieces.kept if number in viewer.kept_comments else pieces.keep
    rest = pieces.own if filling.shown.authors.get(number) == viewer.id else pieces.report
    return (keep + rest).replace(ID, str(number)) + _answer(filling, viewer, number)


def _answer(filling: Filling, viewer: Viewer, number: int) -> str:
    """The asker of a question marks one comment as its answer, or takes the mark back."""
    if filling.shown.asker != viewer.id:
        return ""
    kept = filling.pieces.unaccept if filling.shown.accepted == number else filling.pieces.accept
    return kept.replace(ID, str(number))


def _post_own(filling: Filling, number: int) -> str:
    viewer = filling.viewer
    if viewer is None:
        return ""
    is_mine = filling.shown.post_authors.get(number) == viewer.id
    own = filling.pieces.post_own.replace(ID, str(number)) if is_mine else ""
    return own + _curate(viewer, filling.pieces.curate_post, number)


def _curate_topic(filling: Filling, number: int) -> str:
    viewer = filling.viewer
    return _curate(viewer, filling.pieces.curate_topic, number) if viewer else ""


def _curate(viewer: Viewer, piece: str, number: int) -> str:
    """For moderators, and for curators of a topic that the page shows."""
    return piece.replace(ID, str(number)) if viewer.is_moderator or viewer.curates else ""


def _is_blocked(filling: Filling, number: int) -> bool:
    return bool(filling.viewer and filling.shown.authors.get(number) in filling.viewer.blocked)


def _fold_open(filling: Filling, number: int) -> str:
    return filling.pieces.fold_open if _is_blocked(filling, number) else ""


def _fold_close(filling: Filling, number: int) -> str:
    return filling.pieces.fold_close if _is_blocked(filling, number) else ""


def _new(filling: Filling, number: int) -> str:
    """Others' comments since the member was here."""
    viewer = filling.viewer
    if viewer is None or viewer.place is None or number <= viewer.place:
        return ""
    author = filling.shown.authors.get(number)
    return "" if author == viewer.id or author in viewer.blocked else filling.pieces.new


def _unread(filling: Filling, number: int) -> str:
    count = filling.viewer.unread.get(number, 0) if filling.viewer else 0
    return filling.pieces.unread.replace(NUMBER, _counted(count)) if count else ""


def _news(filling: Filling, number: int) -> str:
    """Above a discussion: how much is new, and where it begins."""
    viewer = filling.viewer
    count = viewer.unread.get(number, 0) if viewer else 0
    if viewer is None or not count or not viewer.next_new:
        return ""
    kept = filling.pieces.one_new if count == 1 else filling.pieces.many_new
    return (
        kept.replace(ID, str(number)).replace(NUMBER, _counted(count)).replace(NEXT, _address_of_new(filling, viewer))
    )


def _address_of_new(filling: Filling, viewer: Viewer) -> str:
    """On this page, without another one to load: by then the new ones would have been seen."""
    is_here = viewer.next_new in filling.shown.authors
    return f"#comment-{viewer.next_new}" if is_here else f"/comments/{viewer.next_new}"


def _counted(count: int) -> str:
    return str(count) if count <= MOST else f"{MOST}+"


def _seen(filling: Filling, number: int) -> str:
    """For a member's browser without scripts, which asks for a picture and so tells that the page was seen."""
    viewer = filling.viewer
    if viewer is None:
        return ""
    others = (str(one) for one, author in filling.shown.authors.items() if author != viewer.id)
    address = f"/posts/{number}/seen?comments={','.join(others)}"
    return f'<noscript><img src="{address}" alt="" width="1" height="1"></noscript>'


def _level(filling: Filling, place: int) -> str:
    """How the viewer follows the target at this place of the page; '' for not at all."""
    target = filling.shown.targets[place]
    return filling.viewer.follows.get((target.kind, target.id), "") if filling.viewer else ""


def _follow(filling: Filling, place: int) -> str:
    return filling.pieces.not_followed if _level(filling, place) in {"", Level.MUTED} else filling.pieces.followed


def _follow_levels(filling: Filling, place: int) -> str:
    if filling.viewer is None:
        return ""
    target = filling.shown.targets[place]
    kept = filling.levels(target.kind == TargetKind.POST, _level(filling, place))
    return kept.replace(ADDRESS, str(escape(target.address)))


def _after(filling: Filling, number: int) -> str:
    return filling.waiting.get(number, "")


def _composer(filling: Filling, _: int) -> str:
    if filling.viewer is None:
        return filling.pieces.composer_signed_out.replace(BACK, str(escape(quote(filling.back, safe="/"))))
    return filling.composer


FILLS: dict[str, Callable[[Filling, int], str]] = {
    "masthead": _masthead,
    "tab": _tab,
    "viewer_form": _viewer_form,
    "leaving": _leaving,
    "recommended": _recommended,
    "post_recommended": _post_recommended,
    "post_kept": _post_kept,
    "own": _own,
    "post_own": _post_own,
    "curate_topic": _curate_topic,
    "fold_open": _fold_open,
    "fold_close": _fold_close,
    "after": _after,
    "new": _new,
    "unread": _unread,
    "news": _news,
    "seen": _seen,
    "follow": _follow,
    "follow_levels": _follow_levels,
    "composer": _composer,
}
