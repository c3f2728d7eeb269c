"""The page on which a post is written, new or again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from forum.accounts import languages
from forum.accounts.cards import MemberCard, card_of
from forum.accounts.models import Member
from forum.kernel.access import Actor, MemberState
from forum.kernel.db import db
from forum.kernel.errors import ForumError, Words
from forum.kernel.ids import PostId
from forum.kernel.pictures import Picture
from forum.media.queries import find_picture
from forum.organisations.bylines import Plate, plate_of
from forum.organisations.models import Organisation
from forum.organisations.policy import can_send_for, can_speak_for
from forum.organisations.queries import voices_of
from forum.organisations.queries.voices import May
from forum.posts import places, policy, queries
from forum.posts.addresses import address_of, edit_address
from forum.posts.advice import advice_on
from forum.posts.errors import NotYours
from forum.posts.forms import Act, PostForm, of_post
from forum.posts.happening import find_zone, place_names
from forum.posts.kinds import NAMES
from forum.posts.models import Post, PostState
from forum.posts.rendering import render_body
from forum.topics.labels import TopicLabel
from forum.topics.queries import choices_for, open_topics

# Where the first cities of this site are; a script puts the writer's own in its place.
USUAL_ZONE = "Europe/Amsterdam"


@dataclass(frozen=True)
class VoiceChoice:
    """Somebody to write as: oneself, with a card and an empty value, or an organisation, by its slug and plate."""

    value: str
    name: str
    card: MemberCard | None
    plate: Plate | None


@dataclass(frozen=True)
class Saved:
    """What is known of a post that exists already, and what may be done with it beside changing its words.

    `is_draft` says that nobody was sent it yet; `scheduled_for` is when it appears, in its author's zone;
    `problem` is why it didn't.
    """

    id: PostId
    address: str
    is_draft: bool
    scheduled_for: datetime | None
    zone: str
    problem: str
    returned_because: str
    can_withdraw: bool
    can_settle: bool
    answered: bool
    can_set_comments: bool
    comment_mode: str


@dataclass(frozen=True)
class ComposePage:
    """`saved` is None for a new post. `draft_key` names the copy that the browser keeps. `preview` is rendered HTML,
    `advice` what could be better; `image` is the picture at the top. `series` are posts that it may continue: id and
    title.
    """

    form: PostForm
    action: str
    saved: Saved | None
    voices: tuple[VoiceChoice, ...]
    topics: tuple[TopicLabel, ...]
    languages: tuple[tuple[str, str], ...]
    zones: tuple[str, ...]
    zone: str
    kinds: tuple[tuple[str, Words], ...]
    series: tuple[tuple[str, str], ...]
    draft_key: str
    may_publish: bool
    is_unconfirmed: bool
    image: Picture | None = None
    preview: str = ""
    advice: tuple[Words, ...] = ()
    message: Words = ""
    errors: Mapping[str, Words] | None = None

    @property
    def is_published(self) -> bool:
        """Its kind and its speaker are settled, and there is nothing left to save as a draft."""
        return self.saved is not None and not self.saved.is_draft

    def refused(self, error: ForumError) -> ComposePage:
        return replace(self, message=error.message, errors=error.fields)


def new_page(actor: Actor, form: PostForm) -> ComposePage:
    """Raises Forbidden where the actor may not even begin a draft."""
    topics = choices_for(actor) if actor.may_write else open_topics()
    return _page(actor, form, topics, None)


def shown(page: ComposePage) -> ComposePage:
    """With the preview, where that was asked for, and with advice. Raises Invalid for what can't be drawn."""
    preview = render_body(page.form.body).html if page.form.act is Act.PREVIEW and page.errors is None else ""
    return replace(page, preview=preview, advice=advice_on(page.form.body, page.form.language))


def edit_page(actor: Actor, post_id: PostId, form: PostForm | None = None) -> ComposePage:
    """With `form`, its words instead of the post's. Raises NoSuchPost or NotYours."""
    post = queries.get_post(post_id, actor)
    if not policy.can_edit(actor, post):
        raise NotYours
    organisation = db.session.get(Organisation, post.organisation_id) if post.organisation_id else None
    slugs = queries.topic_slugs_of(post_id)
    form = form or of_post(post, slugs, organisation.slug if organisation else "")
    if post.state not in policy.UNSENT:
        form = replace(form, kind=post.kind, on_behalf_of=organisation.slug if organisation else "")
    page = _page(actor, form, _with_own(actor, post), _saved(actor, post))
    if organisation and all(voice.value != organisation.slug for voice in page.voices):
        plate = plate_of(organisation)
        page = replace(page, voices=(*page.voices, VoiceChoice(plate.slug, plate.name, None, plate)))
    return page


def _page(actor: Actor, form: PostForm, topics: tuple[TopicLabel, ...], saved: Saved | None) -> ComposePage:
    image = find_picture(actor, form.image)
    return ComposePage(
        form=form if image else replace(form, image=""), image=image,
        action=edit_address(saved.id) if saved else "/posts/new", saved=saved,
        voices=voices_for(actor, can_send_for),
        topics=topics, languages=languages_with(form.language),
        zones=place_names(), zone=USUAL_ZONE, series=queries.series_choices(actor, saved.id if saved else None),
        kinds=tuple((kind.value, name) for kind, name in NAMES.items()),
        draft_key=f"{actor.id}:{places.of_post(saved.id if saved else None)}", may_publish=policy.can_publish(actor),
        is_unconfirmed=actor.state is MemberState.UNCONFIRMED,
    )  # fmt: skip


def _appears(post: Post) -> datetime | None:
    zone = find_zone(post.publish_zone) or UTC
    return post.publish_at.astimezone(zone) if post.state == PostState.SCHEDULED and post.publish_at else None


def languages_with(chosen: str) -> tuple[tuple[str, str], ...]:
    """Code and name of those that a text can be in, also of one that isn't usually offered but was chosen."""
    offered = languages.choices()
    return offered if chosen in dict(offered) else (*offered, (chosen, languages.own_name(chosen)))


def voices_for(actor: Actor, may: May = can_speak_for) -> tuple[VoiceChoice, ...]:
    """Oneself first: that is the default, always."""
    oneself = VoiceChoice("", actor.name, card_of(db.session.get_one(Member, actor.id)), None)
    plates = (voice.plate for voice in voices_of(actor, may))
    return (oneself, *(VoiceChoice(plate.slug, plate.name, None, plate) for plate in plates))


def _with_own(actor: Actor, post: Post) -> tuple[TopicLabel, ...]:
    """A post may stay under a topic that takes no new ones."""
    offered = choices_for(actor) if actor.may_write else open_topics()
    own = queries.labels_of([post.id]).get(post.id, ())
    return (*offered, *(label for label in own if label not in offered))


def _saved(actor: Actor, post: Post) -> Saved:
    return Saved(
        id=post.id, address=address_of(post.id, post.slug), is_draft=post.state in policy.UNSENT,
        scheduled_for=_appears(post), zone=post.publish_zone, problem=post.publish_problem,
        returned_because=post.returned_because,
        can_withdraw=policy.can_withdraw(actor, post), can_settle=policy.can_mark_answered(actor, post),
        answered=post.answered, can_set_comments=policy.can_set_comment_mode(actor, post),
        comment_mode=post.comment_mode,
    )  # fmt: skip
