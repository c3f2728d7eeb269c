"""The post form: what was typed, and what it means."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, time, tzinfo
from enum import StrEnum

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from forum.kernel import text
from forum.kernel.errors import Invalid, Words
from forum.kernel.ids import PostId
from forum.kernel.lines import one_line
from forum.kernel.pictures import is_key
from forum.kernel.text.urls import is_web, normal_url
from forum.posts.draft import Draft, Image
from forum.posts.happening import find_zone
from forum.posts.models import Post, PostKind
from forum.posts.places import read_kept
from forum.posts.policy import MAX_NOTE

# BCP 47 (RFC 5646): a language, then script, region and variants.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# A slug in a database has no such characters, and PostgreSQL refuses NUL outright.
SLUG = re.compile(r"[\w-]{1,200}")
FIRST_YEAR, LAST_YEAR = 1970, 2199
# A day ends when it has ended everywhere in Europe.
_END_OF_DAY = time(23, 59, tzinfo=UTC)


class Act(StrEnum):
    """What the button asked for."""

    PUBLISH = "publish"
    SAVE = "save"
    SCHEDULE = "schedule"
    PREVIEW = "preview"
    SWITCH = "switch"


@dataclass(frozen=True)
class PostForm:
    """The fields as typed. `topics` has the main one first; an event's times are local to `time_zone`, and the time
    at which it is to appear to `publish_zone`. `image` is the key of the picture at the top. `kept` names the copy in
    the account (posts.places).
    """

    kind: str = PostKind.ARTICLE
    title: str = ""
    standfirst: str = ""
    topics: tuple[str, ...] = ()
    language: str = "en"
    on_behalf_of: str = ""
    body: str = ""
    deadline: str = ""
    starts_at: str = ""
    ends_at: str = ""
    time_zone: str = ""
    place: str = ""
    link: str = ""
    revision: str = ""
    note: str = ""
    publish_at: str = ""
    publish_zone: str = ""
    continues: str = ""
    image: str = ""
    image_alt: str = ""
    image_decorative: str = ""
    kept: str = ""
    act: Act = Act.PUBLISH

    @property
    def words(self) -> tuple[str, ...]:
        """What makes two sendings of one form the same."""
        typed = asdict(replace(self, kept="")).values()
        return tuple(value if isinstance(value, str) else "\x1e".join(value) for value in typed)

    @property
    def is_redrawn(self) -> bool:
        """Nothing is kept yet: the form comes back: with a preview, without its picture, as another kind."""
        return self.act in {Act.PREVIEW, Act.SWITCH}

    def draft(self) -> Draft:
        """Cleaned and typed. Raises Invalid for dates, links and languages that can't be read."""
        reader = _Reader(self)
        draft = Draft(
            title=one_line(self.title),
            source=clean(self.body),
            kind=kind_of(self.kind),
            standfirst=one_line(self.standfirst),
            topics=tuple(dict.fromkeys(slug for slug in self.topics if SLUG.fullmatch(slug))),
            language=reader.language(),
            on_behalf_of=reader.voice(),
            deadline=reader.day("deadline"),
            starts_at=reader.moment("starts_at"),
            ends_at=reader.moment("ends_at"),
            time_zone=reader.zone_name("time_zone"),
            place=one_line(self.place),
            link=reader.address(),
            revision=_number(self.revision),
            note=reader.note(),
            publish_at=reader.moment("publish_at", "publish_zone") if self.act is Act.SCHEDULE else None,
            publish_zone=reader.zone_name("publish_zone") if self.act is Act.SCHEDULE else "",
            continues=PostId(number) if (number := _number(self.continues)) else None,
            image=reader.image(),
            kept=read_kept(self.kept),
        )
        reader.refuse()
        return draft


class _Reader:
    """Collects problems instead of stopping at the first."""

    def __init__(self, form: PostForm) -> None:
        self.form = form
        self.problems: dict[str, Words] = {}

    def refuse(self) -> None:
        if self.problems:
            raise Invalid(_("Some of this can’t be read."), fields=self.problems)

    def language(self) -> str:
        if LANGUAGE.fullmatch(self.form.language) is None:
            self.problems["language"] = _("Choose the language of the text.")
        return self.form.language

    def voice(self) -> str:
        slug = self.form.on_behalf_of
        if slug and SLUG.fullmatch(slug) is None:
            self.problems["on_behalf_of"] = _("Choose in whose name you write.")
        return slug

    def zone_name(self, field: str) -> str:
        name = one_line(getattr(self.form, field))
        if find_zone(name) is None and (name or field == "publish_zone"):
            self.problems[field] = _("Choose a time zone from the list, such as Europe/Amsterdam.")
        return name

    def note(self) -> str:
        note = one_line(self.form.note)
        if len(note) > MAX_NOTE:
            self.problems["note"] = _("Shorten this to %(limit)s characters.", limit=MAX_NOTE)
        return note

    def image(self) -> Image | None:
        is_decorative = bool(self.form.image_decorative)
        alt = "" if is_decorative else one_line(self.form.image_alt)
        return Image(self.form.image, alt, is_decorative) if is_key(self.form.image) else None

    def moment(self, name: str, zone: str = "time_zone") -> datetime | None:
        typed = getattr(self.form, name).strip()
        if not typed:
            return None
        try:
            local = datetime.fromisoformat(typed).replace(tzinfo=find_zone(getattr(self.form, zone).strip()) or UTC)
        except ValueError:
            local = datetime.min.replace(tzinfo=UTC)
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            self.problems[name] = _("Write the day and the time, such as 2030-05-14 09:30.")
            return None
        return local.astimezone(UTC)

    def day(self, name: str) -> datetime | None:
        typed = getattr(self.form, name).strip()
        try:
            day = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=UTC).date() if typed else None
        except ValueError:
            day = None
        if typed and (day is None or not FIRST_YEAR <= day.year <= LAST_YEAR):
            self.problems[name] = _("Write the day, such as 2030-05-14.")
            return None
        return datetime.combine(day, _END_OF_DAY) if day else None

    def address(self) -> str:
        """A link to the web; `www.…` is taken for one."""
        typed = one_line(self.form.link)
        address = normal_url(f"https://{typed}" if typed[:4].lower() == "www." else typed)
        if typed and not is_web(address):
            self.problems["link"] = _("Write the whole link, starting with https://.")
        return address


def read(sent: MultiDict[str, str]) -> PostForm:
    """Nothing is judged here, so that anything can be shown again."""
    values = {name: sent.get(name, "") for name in _TYPED}
    topics = tuple(slug for slug in sent.getlist("topics")[:50] if slug)
    if "image_off" in sent:
        values |= dict.fromkeys(("image", "image_alt", "image_decorative"), "")
    return PostForm(**values, kind=str(kind_of(sent.get("switch") or sent.get("kind"))), topics=topics, act=_act(sent))


_TYPED = (
    "title", "standfirst", "language", "on_behalf_of", "body", "deadline", "starts_at", "ends_at", "time_zone",
    "place", "link", "revision", "note", "publish_at", "publish_zone", "continues",
    "image", "image_alt", "image_decorative", "kept",
)  # fmt: skip


def of_post(post: Post, topics: tuple[str, ...], on_behalf_of: str) -> PostForm:
    """The form filled with what a post says now."""
    zone = find_zone(post.time_zone) or UTC
    return PostForm(
        kind=post.kind, title=post.title, standfirst=post.standfirst, topics=topics, language=post.language,
        on_behalf_of=on_behalf_of, body=post.source, revision=str(post.revision),
        deadline=post.deadline.strftime("%Y-%m-%d") if post.deadline else "",
        starts_at=_local(post.starts_at, zone), ends_at=_local(post.ends_at, zone),
        time_zone=post.time_zone, place=post.place, link=post.link,
        publish_at=_local(post.publish_at, find_zone(post.publish_zone) or UTC), publish_zone=post.publish_zone,
        continues=str(post.continues_id or ""), image=post.image, image_alt=post.image_alt,
        image_decorative="yes" if post.image_decorative else "",
    )  # fmt: skip


def kind_of(name: str | None) -> PostKind:
    """An article where it isn't one of the kinds."""
    return PostKind(name) if name in set(PostKind) else PostKind.ARTICLE


def _act(sent: MultiDict[str, str]) -> Act:
    if "image_off" in sent:
        return Act.SWITCH
    return next((act for act in (Act.PREVIEW, Act.SWITCH, Act.SAVE, Act.SCHEDULE) if act in sent), Act.PUBLISH)


def _number(typed: str) -> int | None:
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None


def _local(moment: datetime | None, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else ""


def clean(typed: str) -> str:
    """As the text is stored; what is too long stays as it is, and is refused when it is rendered."""
    try:
        return text.clean_source(typed)
    except text.TextTooLong:
        return typed
