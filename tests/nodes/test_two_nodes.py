"""Two servers with data folders of their own, one PostgreSQL, one Redis and one bucket: together they are one site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis

from forum.config import ROOT
from tests import services
from tests.browser.site import PROGRAM, Site, free_port, in_time, served
from tests.conftest import SECRET, own_database
from tests.media import samples
from tests.nodes.visitor import Visitor
from tests.stores import bucket
from tests.web import Page

pytestmark = [pytest.mark.postgres, pytest.mark.redis]

PASSWORD = "nine geese at the mill"
WORDS = "Basalt from Portugal, laid by hand."
A_MINUTE = 120  # forms that an address may send


@dataclass(frozen=True)
class Nodes:
    first: Site
    second: Site

    def visitor(self) -> Visitor:
        return Visitor([self.first.address, self.second.address])

    def link_to(self, address: str) -> str:
        """Whichever node's worker wrote the letter, as a file."""
        found = in_time(
            lambda: self.first.find_link(address) or self.second.find_link(address), f"a letter to {address}"
        )
        return found.removeprefix(self.first.address)


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    counts = services.redis_url()
    redis.Redis.from_url(counts).flushdb()
    with ExitStack() as stack:
        shared = {
            "FORUM_DATABASE_URL": stack.enter_context(own_database()),
            "FORUM_MEDIA_URL": stack.enter_context(bucket()),
            "FORUM_REDIS_URL": counts,
            "FORUM_SECRET_KEY": SECRET,
            "FORUM_SEARCH": "postgres",
            "FORUM_BASE_URL": f"http://localhost:{free_port()}",
        }
        first, second = (
            node(tmp_path_factory.mktemp("node"), shared, port) for port in (shared["FORUM_BASE_URL"][17:], "")
        )
        prepare(first)
        stack.enter_context(served(first, "--workers", "1"))
        stack.enter_context(served(second, "--workers", "1"))
        yield Nodes(first, second)


def node(folder: Path, shared: dict[str, str], port: str) -> Site:
    port = port or str(free_port())
    return Site(f"http://localhost:{port}", {**os.environ, **shared, "FORUM_DATA_DIR": str(folder), "PORT": port})


def prepare(site: Site) -> None:
    site.run("init")
    site.run("topic", "create", "quays", "--name", "Quays")
    made = (*PROGRAM, "user", "create", "--username", "rosa", "--email", "rosa@example.org", "--role", "moderator",
            "--password-stdin")  # fmt: skip
    subprocess.run(made, env=site.environ, cwd=ROOT, check=True, input=PASSWORD, text=True, stdout=sys.stderr)


def test_member_makes_the_main_journey_across_both(nodes: Nodes) -> None:
    noor = nodes.visitor()
    sign_up(nodes, noor)
    post = publish(noor)
    assert [WORDS in nodes.visitor().get(post, at).text for at in addresses(nodes)] == [True, True]
    comment = write(noor, post)
    edit(nodes, noor, post, comment)
    rosa = nodes.visitor()
    rosa.submit("/sign-in", "/sign-in", username="rosa", password=PASSWORD)
    recommend(nodes, rosa, post)
    in_time(lambda: found_on(nodes, nodes.second) or None, "the post in the second node's search")
    picture(nodes, noor)
    moderate(nodes, rosa, post, comment)
    sign_out(nodes, noor)


def addresses(nodes: Nodes) -> list[str]:
    return [nodes.first.address, nodes.second.address]


def sign_up(nodes: Nodes, noor: Visitor) -> None:
    fields = {"username": "noor", "name": "Noor Visser", "email": "noor@example.org", "password": PASSWORD}
    assert noor.submit("/sign-up", "/sign-up", **fields).status == 303
    link = nodes.link_to("noor@example.org")
    assert noor.submit(link, link).status == 303
    assert noor.submit("/sign-in", "/sign-in", username="noor", password=PASSWORD).status == 303
    assert [noor.get("/settings/profile", at).status for at in addresses(nodes)] == [200, 200]


def publish(noor: Visitor) -> str:
    form = noor.get("/posts/new")
    answer = noor.submit(
        form, "/posts/new", title="What the quay wall cost", topics=["quays"], body=WORDS, act="publish"
    )
    assert answer.status == 303, answer.words()
    again = noor.submit(
        form, "/posts/new", title="What the quay wall cost", topics=["quays"], body=WORDS, act="publish"
    )
    assert again.response.headers["Location"] == answer.response.headers["Location"]  # the key is known to both
    return noor.follow(answer).path


def write(noor: Visitor, post: str) -> str:
    action = f"{re.match(r'/posts/[0-9]+', post)[0]}/comments"  # type: ignore[index]  # it is one
    answer = noor.submit(post, action, body="We tried this, too.")
    assert answer.status == 303, answer.words()
    return re.search(r"comment-(\d+)", answer.response.headers["Location"])[1]  # type: ignore[index]  # as above


def edit(nodes: Nodes, noor: Visitor, post: str, comment: str) -> None:
    """A page that both have at hand is new on both at once, whichever made the change."""
    action = f"/comments/{comment}/edit"
    for number, at in enumerate(addresses(nodes) * 2):
        before = [nodes.visitor().get(post, one).text for one in addresses(nodes)]
        form = noor.get(action, at).form(action)
        assert noor.post(action, {**form, "body": f"Edition {number} of it."}, at).status == 303
        after = [nodes.visitor().get(post, one).text for one in addresses(nodes)]
        assert [f"Edition {number} of it" in text for text in (*before, *after)] == [False, False, True, True]


def recommend(nodes: Nodes, rosa: Visitor, post: str) -> None:
    action = f"{re.match(r'/posts/[0-9]+', post)[0]}/recommend"  # type: ignore[index]  # as above
    token = rosa.get("/settings/profile").form("/settings/profile")["csrf_token"]
    assert [rosa.post(action, {"csrf_token": token, "value": "on"}, at).status for at in addresses(nodes)] == [303, 303]
    heads = [nodes.visitor().get("/?tab=top", at).words() for at in addresses(nodes)]
    assert heads[0] == heads[1]


def found_on(nodes: Nodes, site: Site) -> bool:
    return "What the quay wall cost" in nodes.visitor().get("/search?q=basalt", site.address).words()


def picture(nodes: Nodes, noor: Visitor) -> None:
    token = noor.get("/settings/profile").form("/settings/profile")["csrf_token"][0]
    sent = {"csrf_token": token, "alt": "A quay", "file": ("quay.jpg", samples.picture(), "image/jpeg")}
    answer = noor.upload("/media", sent)
    assert answer.status == 201, answer.text
    path = answer.response.get_json()["address"]
    assert [noor.get(path, at).status for at in addresses(nodes)] == [200, 200]


def moderate(nodes: Nodes, rosa: Visitor, post: str, comment: str) -> None:
    report = f"/comments/{comment}/report"
    assert rosa.submit(report, report, reason="spam", details="It sells lamps.").status == 303
    queue = rosa.get("/moderation?lane=reports").links()
    case = next(link for link in queue if link.startswith("/moderation/items/"))
    form = rosa.get(case)
    action = f"{case.partition('?')[0]}/decide"
    fields = {"action": "remove", "ground": "no-advertising", "facts": "It sells lamps.", "until": "", "law": ""}
    assert rosa.post(action, {**decision_form(form, action), **fields}).status == 303
    assert ["Edition" in nodes.visitor().get(post, at).text for at in addresses(nodes)] == [False, False]


def decision_form(page: Page, action: str) -> dict[str, list[str]]:
    return {
        name: value for name, value in page.form(action).items() if name in {"csrf_token", "idempotency_key", "version"}
    }


def sign_out(nodes: Nodes, noor: Visitor) -> None:
    assert noor.submit("/settings/profile", "/sign-out").status == 303
    assert [noor.get("/settings/profile", at).status for at in addresses(nodes)] == [303, 303]


def test_limits_are_counted_by_both_together(nodes: Nodes) -> None:
    """A node that took none of them refuses the next. A minute may end while they are sent, so up to twice as many."""
    visitor, form = nodes.visitor(), {"value": "dark", "back": "/"}
    sent = 1
    while visitor.post("/theme", form, nodes.first.address).status == 303:
        sent += 1
    assert visitor.post("/theme", form, nodes.second.address).status == 429
    assert sent <= 2 * A_MINUTE + 1
