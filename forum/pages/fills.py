"""What goes into the slots of a shared page. Words come from templates, rendered once a language and kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from flask import Flask
from flask_babel import force_locale
from markupsafe import escape

from forum.accounts.cards import MemberCard
from forum.kernel import keys
from forum.kernel.access import MemberState
from forum.kernel.jinja import stand_ins
from forum.organisations.bylines import Plate
from forum.pages.store import Shown
from forum.pages.viewers import Viewer

# Stand-ins in kept HTML, filled for each answer. Kept HTML also holds names that members chose, hence the secret.
_SECRET = secrets.token_hex(12)
ID, CSRF, KEY, BACK = (f"{name}{_SECRET}" for name in ("id", "csrf", "key", "back"))


@dataclass(frozen=True)
class Pieces:
    """The words of all slots in one language."""

    recommended: str
    not_recommended: str
    own: str
    accept: str
    unaccept: str
    post_own: str
    fold_open: str
    fold_close: str
    masthead_signed_out: str
    tab_signed_out: str
    form_signed_out: str
    composer_signed_out: str


@dataclass(frozen=True)
class Own:
    """The words of the slots that speak of one member, by what they depend on."""

    masthead: str
    tab: str
    form: str


@dataclass(frozen=True)
class Filling:
    """Everything the slots of one answer need. `accepted` is the id of the accepted comment, or 0."""

    viewer: Viewer | None
    pieces: Pieces
    own: Own | None
    shown: Shown
    back: str
    composer: str = ""
    after: Callable[[int], str] = lambda _: ""


@dataclass(frozen=True)
class Choice:
    """A voice in "Writing as": `value` is an organisation's slug, or empty for oneself."""

    value: str
    name: str
    card: MemberCard | None
    plate: Plate | None


@dataclass(frozen=True)
class _Named:
    """What the masthead shows of a member."""

    card: MemberCard

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

    def filling(self, viewer: Viewer | None, shown: Shown, language: str, back: str) -> Filling:
        pieces = self.pieces(language)
        own = self.own(viewer.card, viewer.csrf, language) if viewer else None
        return Filling(viewer, pieces, own, shown, back, self._composer_for(viewer, shown, language))

    def _composer_for(self, viewer: Viewer | None, shown: Shown, language: str) -> str:
        if viewer is None or shown.discussion is None:
            return ""
        kept = self.composer(viewer.card, viewer.voices, viewer.state, language)
        return kept.replace(CSRF, viewer.csrf).replace(KEY, keys.fresh()).replace(ID, str(shown.discussion))

    def _render(self, template: str, language: str, csrf: str = "", **context: object) -> str:
        with self.app.app_context(), force_locale(language.replace("-", "_")), stand_ins(csrf, KEY):
            return self.app.jinja_env.get_template(template).render(language=language, **context)

    def _pieces(self, language: str) -> Pieces:
        text = self._render("pages/_pieces.html", language, id=ID, back=BACK)
        parts = [part.strip("\n") for part in text.split("\x02cut\x03")]
        return Pieces(*parts)

    def _own(self, card: MemberCard, csrf: str, language: str) -> Own:
        text = self._render("pages/_own_pieces.html", language, csrf, viewer=_Named(card))
        return Own(*(part.strip("\n") for part in text.split("\x02cut\x03")))

    def _composer(self, card: MemberCard, voices: tuple[Plate, ...], state: MemberState, language: str) -> str:
        choices = (Choice("", card.name, card, None), *(Choice(one.slug, one.name, None, one) for one in voices))
        return self._render(
            "pages/_composer.html", language, CSRF, viewer=card, voices=choices, state=state.value, id=ID
        )


def _masthead(filling: Filling, _: int) -> str:
    if filling.own:
        return filling.own.masthead
    return filling.pieces.masthead_signed_out.replace(BACK, str(escape(quote(filling.back, safe="/"))))


def _tab(filling: Filling, _: int) -> str:
    return filling.own.tab if filling.own else filling.pieces.tab_signed_out


def _viewer_form(filling: Filling, _: int) -> str:
    return filling.own.form if filling.own else filling.pieces.form_signed_out


def _recommended(filling: Filling, number: int) -> str:
    pieces, viewer = filling.pieces, filling.viewer
    return pieces.recommended if viewer and number in viewer.comments else pieces.not_recommended


def _post_recommended(filling: Filling, number: int) -> str:
    pieces, viewer = filling.pieces, filling.viewer
    return pieces.recommended if viewer and number in viewer.posts else pieces.not_recommended


def _own(filling: Filling, number: int) -> str:
    viewer = filling.viewer
    if viewer is None:
        return ""
    mine = filling.pieces.own.replace(ID, str(number)) if filling.shown.authors.get(number) == viewer.id else ""
    return mine + _answer(filling, viewer, number)


def _answer(filling: Filling, viewer: Viewer, number: int) -> str:
    """The asker of a question marks one comment as its answer, or takes the mark back."""
    if filling.shown.asker != viewer.id:
        return ""
    kept = filling.pieces.unaccept if filling.shown.accepted == number else filling.pieces.accept
    return kept.replace(ID, str(number))


def _post_own(filling: Filling, number: int) -> str:
    viewer = filling.viewer
    if viewer is None or filling.shown.post_authors.get(number) != viewer.id:
        return ""
    return filling.pieces.post_own.replace(ID, str(number))


def _is_blocked(filling: Filling, number: int) -> bool:
    return bool(filling.viewer and filling.shown.authors.get(number) in filling.viewer.blocked)


def _fold_open(filling: Filling, number: int) -> str:
    return filling.pieces.fold_open if _is_blocked(filling, number) else ""


def _fold_close(filling: Filling, number: int) -> str:
    return filling.pieces.fold_close if _is_blocked(filling, number) else ""


def _after(filling: Filling, number: int) -> str:
    return filling.after(number)


def _composer(filling: Filling, _: int) -> str:
    if filling.viewer is None:
        return filling.pieces.composer_signed_out.replace(BACK, str(escape(quote(filling.back, safe="/"))))
    return filling.composer


FILLS: dict[str, Callable[[Filling, int], str]] = {
    "masthead": _masthead,
    "tab": _tab,
    "viewer_form": _viewer_form,
    "recommended": _recommended,
    "post_recommended": _post_recommended,
    "own": _own,
    "post_own": _post_own,
    "fold_open": _fold_open,
    "fold_close": _fold_close,
    "after": _after,
    "composer": _composer,
}
