"""What a post of a sample is to be: who, when, under what, with which thread. Its words come when it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from forum.comments.models import LEVELS
from forum.community.sample.people import People, Voice
from forum.community.sample.rhythm import Rhythm
from forum.community.sample.thread import Thread, grow
from forum.kernel.ids import MemberId, TopicId
from forum.posts.models import PostKind

_KINDS = {PostKind.ARTICLE: 76, PostKind.QUESTION: 14, PostKind.REQUEST: 6, PostKind.EVENT: 4}
# Of the topics in their order, how often each is the main one.
_TOPICS = (30, 22, 17, 13, 10, 8)
_OTHER_TOPICS = (55, 33, 12)  # none, one, two beside the main one
_LANGUAGES = {"en": 80, "nl": 20}
# Of those who may, how often they write in the name of their organisation.
OFFICIAL_POST, OFFICIAL_COMMENT = 0.6, 0.2
# Of all comments, those in which the author of the post answers, or the one who was answered.
FROM_AUTHOR, FROM_ANSWERED = 0.12, 0.1
# Of all comments, those that anybody recommends; then few do, and seldom many.
RECOMMENDED, RECOMMENDED_TAIL, RECOMMENDED_MOST = 0.25, 1.6, 300
SETTLED = 0.45

Fans = Sequence[tuple[MemberId, float]]
"""Who recommends something, and at which moment."""


@dataclass(frozen=True)
class PlannedPost:
    """Comments by number, in order of time. `accepted` is the number of the comment that answers a question."""

    id: int
    published: float
    kind: PostKind
    language: str
    voice: Voice
    topics: list[TopicId]
    fans: Fans
    thread: Thread
    times: list[float]
    voices: list[Voice]
    comment_fans: list[Fans]
    answered: bool
    accepted: int | None


class Planner:
    """`plain_post` is the id of a post of no special kind, whose comments all stand on its pages, and which the first
    member has marks on: the one to measure by."""

    def __init__(self, rng: Random, people: People, rhythm: Rhythm, topics: Sequence[TopicId], plain_post: int) -> None:
        self.rng = rng
        self.people = people
        self.rhythm = rhythm
        self.topics = topics
        self.plain_post = plain_post

    def plan(self, post_id: int, published: float, comments: int) -> PlannedPost:
        plain, rng = post_id == self.plain_post, self.rng
        kind = PostKind.ARTICLE if plain else rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        voice = self._post_voice(published)
        thread = grow(rng, comments, LEVELS - 1) if plain else grow(rng, comments)
        times = self.rhythm.comments(rng, published, comments)
        voices = self._voices(voice, thread, times)
        accepted = self._accepted(voice, thread, voices) if kind is PostKind.QUESTION else None
        return PlannedPost(
            id=post_id,
            published=published,
            kind=kind,
            language=rng.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0],
            voice=voice,
            topics=self._topics(),
            fans=self._fans(voice, published, int(rng.paretovariate(1.1)) + comments // 5),
            thread=thread,
            times=times,
            voices=voices,
            comment_fans=[
                self._comment_fans(author, time, marked=plain and not number % 6)
                for number, (author, time) in enumerate(zip(voices, times, strict=True))
            ],
            answered=accepted is not None or (kind is PostKind.REQUEST and rng.random() < SETTLED),
            accepted=accepted,
        )

    def _post_voice(self, moment: float) -> Voice:
        member = self.people.somebody(self.rng, moment)
        return self.people.voice(member, official=self.rng.random() < OFFICIAL_POST)

    def _voices(self, asker: Voice, thread: Thread, times: Sequence[float]) -> list[Voice]:
        voices: list[Voice] = []
        for parent, moment in zip(thread.parents, times, strict=True):
            luck = self.rng.random()
            answered = thread.parents[parent] if parent >= 0 else -1
            if luck < FROM_AUTHOR:
                voices.append(asker)
            elif luck < FROM_AUTHOR + FROM_ANSWERED and answered >= 0:
                voices.append(voices[answered])
            else:
                member = self.people.somebody(self.rng, moment)
                voices.append(self.people.voice(member, official=self.rng.random() < OFFICIAL_COMMENT))
        return voices

    def _accepted(self, asker: Voice, thread: Thread, voices: Sequence[Voice]) -> int | None:
        """The first comment at the top by somebody else."""
        if self.rng.random() >= SETTLED:
            return None
        tops = (number for number, parent in enumerate(thread.parents) if parent < 0)
        return next((number for number in tops if voices[number].author_id != asker.author_id), None)

    def _topics(self) -> list[TopicId]:
        main = self.rng.choices(self.topics, _TOPICS)[0]
        others = self.rng.choices((0, 1, 2), _OTHER_TOPICS)[0]
        return list(dict.fromkeys([main, *self.rng.choices(self.topics, k=others)]))

    def _comment_fans(self, author: Voice, moment: float, *, marked: bool) -> Fans:
        fans: Fans = ()
        if self.rng.random() < RECOMMENDED:
            fans = self._fans(author, moment, int(self.rng.paretovariate(RECOMMENDED_TAIL)))
        first = MemberId(self.people.first_member)
        if marked and first not in {author.author_id, *(member_id for member_id, _ in fans)}:
            fans = [*fans, (first, self.rhythm.soon(self.rng, moment))]
        return fans

    def _fans(self, author: Voice, moment: float, count: int) -> Fans:
        """Perhaps some fewer: nobody recommends twice, or what they wrote themselves."""
        first = self.people.first_member
        drawn = (first + self.people.somebody(self.rng, moment, 1.4) for _ in range(min(count, RECOMMENDED_MOST)))
        return [
            (MemberId(member_id), self.rhythm.soon(self.rng, moment))
            for member_id in dict.fromkeys(drawn)
            if member_id != author.author_id
        ]
