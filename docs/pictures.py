"""`make pictures`: takes the pictures of README and tour from a sample community of its own, in a real Chromium.

The browser's clock stands still, so that the same pages give the same pictures. What is written in them is never sent.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from tests import services
from tests.browser.site import serving
from tests.browser.visitors import Visitors

FOLDER = Path(__file__).parent / "pictures"
MAX_BYTES = 300_000
# A day on which nothing of the sample community is new, and its events are still to come.
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
VERIFIED = "2026-03-02 09:00:00.000000"
DARK = {"color_scheme": "dark"}

PILOTS = "/posts/we-went-back-to-41-pilots-four-years-later-nine-had-become-ordinary"
LOGGERSTRAAT = "/posts/sixty-four-flats-four-heat-pumps-two-winters-what-we-would-not-do-again"
SHELTERS = "/posts/has-anyone-kept-a-bus-shelter-roof-alive-past-its-third-summer"
EVENT = "/posts/stopping-well-two-days-on-how-cities-end-what-they-started"


@dataclass(frozen=True)
class Picture:
    """`member` is who looks, nobody by default; `act` is what they do before it is taken."""

    name: str
    address: str
    size: str = "wide"
    member: str = ""
    act: Callable[[Page], None] = lambda _: None
    options: dict[str, Any] = field(default_factory=dict)


def show(selector: str) -> Callable[[Page], None]:
    """Bring something to the top of the picture."""
    return lambda page: page.locator(selector).first.evaluate("one => one.scrollIntoView({block: 'start'})")


def reply_as_organisation(page: Page) -> None:
    page.get_by_role("article", name="Comment by").first.get_by_role("link", name="Reply").click()
    form = page.locator("form.composer", has=page.get_by_label("Your reply"))
    form.get_by_label("Your reply").fill("We can send you the maintenance figures of the second winter.")
    form.get_by_text("City of Oosterkade", exact=True).click()
    form.evaluate("one => one.scrollIntoView({block: 'center'})")
    page.mouse.move(0, 0)


def write(page: Page) -> None:
    page.get_by_label("Title").fill("Two winters with a quay garden, and what the frost left of it")
    page.get_by_label("Introduction").fill("The plants came back. The planters did not.")
    page.get_by_label("Text", exact=True).fill(
        "We put **24 planters** on the quay.\n\n## What held\n\n- the sedges\n- the neighbours\n\n"
        "> Nobody waters what nobody was asked about."
    )
    page.get_by_role("button", name="Show full preview").click()
    expect(page.locator("[data-preview] strong")).to_have_text("24 planters")
    page.wait_for_load_state("networkidle")  # posts like it come in above the text
    show(".field:has(.composer)")(page)


def come_back(page: Page) -> None:
    """To words that were typed and not sent."""
    page.get_by_label("Text", exact=True).fill("We put **24 planters** on the quay, and asked who would water them.")
    expect(page.locator("[data-saved]")).to_contain_text("Draft saved")
    page.goto("/posts/new")
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    page.locator(".composer__foot").first.evaluate("one => one.scrollIntoView({block: 'end'})")


def wait(page: Page) -> None:
    """Something to look at for the moderators: a word to watch for, and a text with it by somebody else."""
    page.goto("/moderation/watched-words")
    if page.get_by_text("planters for sale").count() == 0:
        page.get_by_label("Words", exact=True).fill("planters for sale")
        page.get_by_role("button", name="Watch", exact=True).click()


def write_what_waits(page: Page) -> None:
    page.goto(SHELTERS)
    page.locator("#write textarea").fill("We have forty planters for sale, hardly used. Write to the works yard.")
    page.locator("#write [data-submit]").click()
    expect(page.locator(".comment--pending")).to_be_visible()
    page.locator(".comment--pending").evaluate("one => one.scrollIntoView({block: 'center'})")


def apply(page: Page) -> None:
    """An application with one proof begun."""
    page.goto("/organisations/apply")
    for name, words in (("name", "City of Westersluis"), ("code", "WSL"), ("domain", "westersluis.example")):
        page.locator(f"#f-{name}").fill(words)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Begin: ").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Application")


def report(page: Page) -> None:
    """A reply below a post in the city's name, by somebody who isn't of the city."""
    page.goto(LOGGERSTRAAT)
    by_others = page.locator("article.comment").filter(has_not_text="Oosterkade")
    by_others.locator("[href$='/report']").first.click()
    page.locator("[value=off_topic]").check()
    page.get_by_label("Tell the moderator more").fill("It is about another street.")


def send_report(page: Page) -> None:
    report(page)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_text("usually within 48 hours")).to_be_visible()


def open_queue(page: Page) -> None:
    page.goto("/moderation")


def open_case(page: Page) -> None:
    page.goto("/moderation")
    page.locator(".queue__item").first.click()


PICTURES = (
    Picture("home", "/"),
    Picture("home-dark", "/", options=DARK),
    Picture("home-phone", "/", "phone"),
    Picture("post", PILOTS),
    Picture("post-dark", PILOTS, options=DARK),
    Picture("post-phone", PILOTS, "phone"),
    Picture("thread", LOGGERSTRAAT, act=show("#comments")),
    Picture("thread-phone-dark", LOGGERSTRAAT, "phone", act=show("#comments"), options=DARK),
    Picture("answer", SHELTERS, act=show("#comments")),
    Picture("event", EVENT),
    Picture("topics", "/topics"),
    Picture("topic", "/topics/governance-education"),
    Picture("organisation", "/organisations/city-of-oosterkade"),
    Picture("people", "/organisations/city-of-oosterkade/people", member="joost"),
    Picture("member", "/members/joost"),
    Picture("sign-up-phone", "/sign-up", "phone"),
    Picture("write", "/posts/new", member="amira", act=write),
    Picture("kept-phone", "/posts/new", "phone", member="joost", act=come_back),
    Picture("speak", LOGGERSTRAAT, member="joost", act=reply_as_organisation),
    Picture("watched", "/moderation/watched-words", member="rosa", act=wait),
    Picture("waiting", SHELTERS, member="amira", act=write_what_waits),
    Picture("apply", "/organisations/apply", member="amira", act=apply),
    Picture("report", LOGGERSTRAAT, member="amira", act=send_report),
    Picture("organisation-queue", "/organisations/city-of-oosterkade/queue", member="joost"),
    Picture("queue", "/moderation", member="rosa", act=open_queue),
    Picture("case", "/moderation", member="rosa", act=open_case),
)


def main(names: list[str]) -> None:
    chosen = [one for one in PICTURES if not names or one.name in names]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="kade-pictures-") as data,
        serving(Path(data), "demo", "--prepare-only") as site,
        sync_playwright() as playwright,
    ):
        settle(Path(data) / "kade.sqlite3")
        chromium = playwright.chromium.launch(
            executable_path=services.chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        visitors = Visitors(site, chromium, {})
        for one in chosen:
            path = take(visitors, one)
            print(f"{path.relative_to(Path.cwd())}: {path.stat().st_size // 1000} kB")
            visitors.leave()
        chromium.close()
    if visitors.problems:
        raise SystemExit("\n".join(visitors.problems))


def settle(database: Path) -> None:
    """The one date that the sample community takes from the day it is loaded on."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE organisations SET verified_at = ? WHERE verified_at IS NOT NULL", (VERIFIED,))


def take(visitors: Visitors, picture: Picture) -> Path:
    """Raises SystemExit for one that weighs too much to stand in a page."""
    page = visitors.come(picture.size, member=picture.member, **picture.options)
    page.clock.set_fixed_time(TODAY)
    page.goto(picture.address)
    page.evaluate("document.fonts.ready.then(() => true)")
    picture.act(page)
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    if path.stat().st_size > MAX_BYTES:
        raise SystemExit(f"{path} is over {MAX_BYTES // 1000} kB: show less of it")
    return path


if __name__ == "__main__":
    main(sys.argv[1:])
