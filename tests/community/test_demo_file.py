"""The sample community keeps to `forum-community/1`, and is as rich as the demonstration needs it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from forum.kernel.text import render

PATH = Path(__file__).parents[2] / "forum" / "community" / "demo.json"
TEXT = PATH.read_text(encoding="utf-8")
Record = dict[str, Any]
DEMO: Record = json.loads(TEXT)
ORGANISATIONS: dict[str, Record] = {each["key"]: each for each in DEMO["organisations"]}
MEMBERS: dict[str, Record] = {each["key"]: each for each in DEMO["members"]}
TOPICS = [each["slug"] for each in DEMO["topics"]]
POSTS: dict[str, Record] = {each["key"]: each for each in DEMO["posts"]}

LAST = datetime(2026, 11, 20, tzinfo=UTC)
FIRST = LAST - timedelta(days=14 * 31)
SPEAKING = {"editor", "moderator", "owner"}
KINDS = {"city", "region", "national", "university", "economic board", "agency", "company", "ngo"}
KINDS |= {"network", "utility"}

# What a record must have, and what it may have besides.
FIELDS: dict[str, tuple[set[str], set[str]]] = {
    "organisation": ({"key", "name", "code", "kind", "country", "city", "verified"}, set()),
    "member": ({"key", "username", "name", "headline", "city"}, {"affiliations"}),
    "affiliation": ({"organisation", "title", "right"}, set()),
    "topic": ({"slug", "name", "description"}, set()),
    "post": (
        {"key", "kind", "language", "title", "author", "topics", "published_at", "body", "comments"},
        {"standfirst", "on_behalf_of", "old_addresses"},
    ),
    "comment": ({"author", "body", "created_at", "replies"}, {"language", "on_behalf_of"}),
}


@dataclass(frozen=True)
class Placed:
    """A comment and where it stands."""

    post: Record
    parent: Record
    comment: Record
    depth: int

    @property
    def language(self) -> str:
        return str(self.comment.get("language", self.post["language"]))


def under(post: Record, parent: Record, replies: list[Record], depth: int = 0) -> Iterator[Placed]:
    for reply in replies:
        yield Placed(post, parent, reply, depth)
        yield from under(post, reply, reply["replies"], depth + 1)


def thread(post: Record) -> list[Placed]:
    return list(under(post, post, post["comments"]))


COMMENTS = [placed for post in POSTS.values() for placed in thread(post)]
WRITTEN: list[Record] = [*POSTS.values(), *(each.comment for each in COMMENTS)]


def written_at(record: Record) -> datetime:
    return datetime.fromisoformat(record.get("published_at") or record["created_at"])


def rights(member: str) -> dict[str, str]:
    return {each["organisation"]: each["right"] for each in MEMBERS[member].get("affiliations", [])}


def repeated(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def misfits(kind: str, records: list[Record]) -> list[Record]:
    required, optional = FIELDS[kind]
    return [each for each in records if not required <= each.keys() <= required | optional]


def test_file_is_small_and_indented_by_one() -> None:
    assert len(TEXT.encode()) < 380_000
    assert json.dumps(DEMO, ensure_ascii=False, indent=1) + "\n" == TEXT


def test_top_level_has_the_fields_of_the_format() -> None:
    assert list(DEMO) == ["format", "source", "organisations", "members", "topics", "posts"]
    assert DEMO["format"] == "forum-community/1"


def test_source_says_that_all_is_invented() -> None:
    assert DEMO["source"] == (
        "Sample community for demonstrations. "
        "Every city, organisation, person, statement and figure in this file is invented."
    )
    assert POSTS["welcome"]["title"] == "This is a sample community"


@pytest.mark.parametrize(
    ("kind", "records"),
    [
        ("organisation", DEMO["organisations"]),
        ("member", DEMO["members"]),
        ("affiliation", list(chain.from_iterable(each.get("affiliations", []) for each in DEMO["members"]))),
        ("topic", DEMO["topics"]),
        ("post", DEMO["posts"]),
        ("comment", [each.comment for each in COMMENTS]),
    ],
)
def test_records_have_known_fields_only(kind: str, records: list[Record]) -> None:
    assert misfits(kind, records) == []


def test_keys_and_names_are_unique() -> None:
    assert repeated([each["key"] for each in DEMO["organisations"]]) == []
    assert repeated([each["code"] for each in DEMO["organisations"]]) == []
    assert repeated([each["key"] for each in DEMO["members"]]) == []
    assert repeated([each["username"].casefold() for each in DEMO["members"]]) == []
    assert repeated([each["key"] for each in DEMO["posts"]]) == []


def test_topics_are_the_six() -> None:
    assert {each["slug"]: each["name"] for each in DEMO["topics"]} == {
        "energy": "Energy",
        "mobility": "Mobility",
        "circular-city": "Circular City",
        "digital-city": "Digital City",
        "citizens-living": "Citizens & Living",
        "governance-education": "Governance & Education",
    }


def test_every_topic_leads_a_post() -> None:
    assert {post["topics"][0] for post in POSTS.values()} == set(TOPICS)


def test_organisations_are_of_several_kinds() -> None:
    kinds = {each["kind"] for each in ORGANISATIONS.values()}
    assert len(ORGANISATIONS) >= 8
    assert {"city", "university", "economic board", "utility", "network"} <= kinds <= KINDS


def test_one_organisation_is_not_verified() -> None:
    assert [each["verified"] for each in ORGANISATIONS.values()].count(False) == 1


def test_codes_and_usernames_have_their_form() -> None:
    codes = [each["code"] for each in ORGANISATIONS.values()]
    usernames = [each["username"] for each in MEMBERS.values()]
    assert [code for code in codes if not re.fullmatch("[A-Z]{2,4}", code)] == []
    assert [name for name in usernames if not re.fullmatch("[a-z0-9_-]{3,30}", name)] == []


def test_members_of_the_demonstration_are_there() -> None:
    assert len(MEMBERS) >= 24
    assert rights("rosa") == {}
    assert rights("amira") == {}
    assert rights("joost") == {"oosterkade": "owner"}
    assert ORGANISATIONS["oosterkade"]["kind"] == "city"


def test_every_organisation_has_an_owner_or_a_speaker() -> None:
    spoken_for = {key for each in MEMBERS for key, right in rights(each).items() if right in SPEAKING}
    assert spoken_for == set(ORGANISATIONS)


def test_posts_are_of_all_kinds_and_both_languages() -> None:
    assert len(POSTS) >= 14
    assert {post["kind"] for post in POSTS.values()} == {"article", "question", "request", "event"}
    assert {post["language"] for post in POSTS.values()} == {"en", "nl"}
    assert [post["language"] for post in POSTS.values()].count("nl") >= 4


def test_posts_keep_their_limits() -> None:
    for post in POSTS.values():
        assert len(post["title"]) <= 160
        assert len(post.get("standfirst", "")) <= 400
        assert 1 <= len(post["topics"]) <= 5
        assert 120 <= len(post["body"].split()) <= 1_200, post["key"]


def test_posts_use_what_markdown_offers() -> None:
    bodies = "".join(post["body"] for post in POSTS.values())
    signs = (r"^## ", r"^- ", r"^1\. ", r"^\|.*--:", r"^> ", r"^\[\^1\]: ", r"\]\(/topics/", r"^https://\S+$")
    for sign in signs:
        assert re.search(sign, bodies, re.MULTILINE), sign


def test_threads_are_long_and_deep_enough() -> None:
    assert len(COMMENTS) >= 95
    assert max(len(thread(post)) for post in POSTS.values()) >= 25
    assert max(each.depth for each in COMMENTS) == 6
    assert [key for key, post in POSTS.items() if not post["comments"]] == []


def test_some_comments_are_in_another_language_than_their_post() -> None:
    pairs = Counter((each.post["language"], each.language) for each in COMMENTS)
    assert set(pairs) == {("en", "en"), ("en", "nl"), ("nl", "nl"), ("nl", "en")}
    assert pairs["en", "nl"] >= 5


def test_references_resolve() -> None:
    assert [each for each in WRITTEN if each["author"] not in MEMBERS] == []
    assert [key for each in MEMBERS for key in rights(each) if key not in ORGANISATIONS] == []
    assert [slug for post in POSTS.values() for slug in post["topics"] if slug not in TOPICS] == []


def test_every_member_has_written() -> None:
    assert {each["author"] for each in WRITTEN} == set(MEMBERS)


def test_every_table_has_headed_columns() -> None:
    rows = [line for each in WRITTEN for line in each["body"].splitlines() if line.startswith("|")]
    headers = [above for above, below in pairwise(rows) if re.fullmatch(r"[|:\- ]+", below)]
    assert len(headers) >= 10
    assert [header for header in headers if "" in [cell.strip() for cell in header.split("|")[1:-1]]] == []


def test_those_who_speak_for_an_organisation_may() -> None:
    official = [each for each in WRITTEN if "on_behalf_of" in each]
    assert len(official) >= 20
    for each in official:
        assert ORGANISATIONS[each["on_behalf_of"]]["verified"]
        assert rights(each["author"]).get(each["on_behalf_of"]) in SPEAKING


def test_times_are_utc_within_fourteen_months() -> None:
    times = [written_at(each) for each in WRITTEN]
    assert {time.tzinfo for time in times} == {UTC}
    assert FIRST < min(times) < FIRST + timedelta(days=45)
    assert max(times) < LAST


def test_comments_come_after_what_they_answer() -> None:
    assert [each.comment for each in COMMENTS if written_at(each.comment) <= written_at(each.parent)] == []


def test_siblings_are_in_order_of_time() -> None:
    families = [post["comments"] for post in POSTS.values()] + [each.comment["replies"] for each in COMMENTS]
    steps = chain.from_iterable(pairwise(family) for family in families)
    assert [later for earlier, later in steps if written_at(earlier) >= written_at(later)] == []


def test_links_lead_nowhere_real() -> None:
    addresses = re.findall(r"https?://[^\s)]+", TEXT.replace('"', " ").replace("\\n", " "))
    hosts = {urlsplit(address).hostname or "" for address in addresses}
    assert [host for host in hosts if not host.endswith((".example", "example.org"))] == []
    assert len(hosts) >= 5


def test_texts_pass_the_pipeline() -> None:
    for each in WRITTEN:
        assert render(each["body"]).words > 0
