"""An institution's whole way in browsers: it applies, is verified, speaks, is answered back; a reply is reported,
collapsed, appealed and reinstated; and everyone can read that it was. By forms alone: tests/test_institutions.py."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sights import PASSWORD, click
from tests.browser.site import Site
from tests.browser.visitors import Visitors, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CODE = r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}"
RUDE = "You people can’t count."


@dataclass
class City:
    """Who takes part, each in a browser of their own. `slug` is the organisation's, `post` its post's address."""

    name: str
    owner: Page
    representative: Page
    author: Page
    reader: Page
    moderator: Page
    other_moderator: Page
    post: str = ""
    comment: str = ""

    @property
    def here(self) -> str:
        return f"/organisations/{self.name.lower().replace(' ', '-')}"


@pytest.fixture
def city(visitors: Visitors, site: Site) -> City:
    """The sample community's Amira writes, Joost reads, Rosa and a newcomer moderate."""
    owner, representative = (newcomer(visitors, site, name) for name in ("Mies Clerk", "Noor Adviser"))
    author, reader, moderator = (visitors.come(member=name) for name in ("amira", "joost", "rosa"))
    other = newcomer(visitors, site, "Second moderator")
    promote(other, site)
    return City(f"City of {secrets.token_hex(4)}", owner, representative, author, reader, moderator, other)


def test_institution_goes_all_the_way(city: City, visitors: Visitors, site: Site) -> None:
    applies(city)
    proves(city.owner, site)
    is_verified(city)
    appoints(city, site)
    is_returned_and_published(city)
    is_answered_back(city)
    collapses(city)
    is_reinstated(city)
    everyone_reads_it(visitors.come(), city)


def newcomer(visitors: Visitors, site: Site, name: str) -> Page:
    """Somebody who has made an account, confirmed it, and signed in."""
    page, username = visitors.come(), f"visitor-{secrets.token_hex(4)}"
    page.goto("/sign-up")
    fields = {"name": name, "username": username, "email": f"{username}@example.org", "password": PASSWORD}
    for field, value in fields.items():
        page.locator(f"[name={field}]").fill(value)
    page.get_by_role("button", name="Make an account").click()
    page.goto(site.link_to(f"{username}@example.org"))
    page.get_by_role("button", name="Confirm").click()
    sign_in(page, username, PASSWORD)
    return page


def promote(page: Page, site: Site) -> None:
    """Somebody who had no part in anything before."""
    page.goto("/settings/profile")
    address = page.locator("a[href^='/members/visitor-']").first.get_attribute("href") or ""
    site.run("user", "set-role", address.rpartition("/")[2], "moderator")


def applies(city: City) -> None:
    page = city.owner
    page.goto("/organisations")
    page.get_by_role("link", name="Represent an organisation").click()
    fields = {"name": city.name, "code": "TST", "domain": "city.example", "title": "Clerk"}
    for field, value in fields.items():
        page.locator(f"#f-{field}").fill(value)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Application")


def proves(page: Page, site: Site) -> None:
    """A code from the letter, and the reference of a signed letter; then it is sent."""
    address = f"clerk-{secrets.token_hex(4)}@city.example"
    page.locator("#f-email").fill(address)
    page.get_by_role("button", name="Send a code").click()
    page.locator("#f-code").fill(site.found_in_letter(address, CODE))
    page.get_by_role("button", name="Check the code").click()
    expect(page.locator("#proofs")).to_contain_text("1 of 2")
    page.get_by_role("button", name="Begin: A signed letter").click()
    page.get_by_role("button", name="Send to the moderators").click()
    expect(page.get_by_text("Usually within 5 working days.")).to_be_visible()


def is_verified(city: City) -> None:
    """The moderator has the letter, and decides with a key."""
    page = open_case(city.moderator, "/moderation?lane=membership", city.name)
    case = page.url
    click(page, page.get_by_role("button", name="I have the signed letter"))
    page.goto(case)
    press(page, "a")
    expect(page.get_by_role("status").filter(has_text="You can undo this for 60 seconds")).to_be_visible()


def appoints(city: City, site: Site) -> None:
    """An editor, whose texts wait for the owner, like everyone's."""
    page, address = city.owner, f"noor-{secrets.token_hex(4)}@city.example"
    page.goto(f"{city.here}/invitations")
    page.locator("#f-whom").fill(address)
    page.get_by_text("Editor", exact=True).click()
    click(page, page.get_by_role("button", name="Send the invitation"))
    page.goto(f"{city.here}/edit")
    page.get_by_text("Everybody’s but the owners’").click()
    click(page, page.locator("form[action$='/approval'] button"))
    city.representative.goto(site.link_to(address))
    click(city.representative, city.representative.get_by_role("button", name="Accept"))
    expect(city.representative.get_by_text(f"You belong to {city.name} now.")).to_be_visible()


def is_returned_and_published(city: City) -> None:
    """The owner wants the street named; the site's moderators look at a new organisation's first posts, too."""
    page = city.representative
    drafts(page, city.name)
    case = open_case(city.owner, f"{city.here}/queue", city.name)
    decide(case, "Return", "Name the street.")
    page.goto("/drafts")
    click(page, page.locator("main").get_by_role("link", name="One trench").first)
    expect(page.get_by_text("Name the street.")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("We dug once, on Quay Street, and laid both pipes.")
    click(page, page.get_by_role("button", name="Publish"))
    press(open_case(city.owner, f"{city.here}/queue", city.name), "a")
    press(open_case(city.moderator, "/moderation?lane=institutional", city.name), "a")
    page.goto(city.here)
    click(page, page.get_by_role("link", name="One trench").first)
    city.post = page.url


def drafts(page: Page, name: str) -> None:
    page.goto("/posts/new")
    page.get_by_label("Title").fill("One trench")
    page.get_by_label("Text", exact=True).fill("We dug once, and laid both pipes.")
    page.get_by_label("Main topic").select_option(index=1)
    page.get_by_text(name, exact=True).click()
    click(page, page.get_by_role("button", name="Publish as"))


def is_answered_back(city: City) -> None:
    """A member replies, and a reader reports it."""
    page = city.author
    page.goto(city.post)
    page.locator("#write textarea").fill(RUDE)
    click(page, page.locator("#write [data-submit]"))
    city.comment = f"#{page.locator('article:target').get_attribute('id')}"
    page = city.reader
    page.goto(city.post)
    click(page, page.locator(city.comment).get_by_role("link", name="Report"))
    page.get_by_text("Rude", exact=False).first.click()
    click(page, page.get_by_role("button", name="Send report"))


def collapses(city: City) -> None:
    """The organisation, under its own post; it doesn't learn who reported."""
    page = open_case(city.owner, f"{city.here}/queue", "can’t count")
    expect(page.locator("main")).not_to_contain_text("Joost")
    decide(page, "Collapse", "It calls names.", ground="argue-the-case")
    reader = city.reader
    reader.goto(city.post)
    folded = reader.locator(city.comment)
    expect(folded.get_by_text(RUDE)).to_be_hidden()
    expect(folded.locator("summary")).to_contain_text(f"Collapsed by {city.name}. Argue the case, not the person.")
    folded.locator("summary").click()
    expect(folded.get_by_text(RUDE)).to_be_visible()


def is_reinstated(city: City) -> None:
    """Its author reads why, and appeals; a moderator who had no part in it takes the decision back."""
    page = city.author
    page.goto("/decisions")
    click(page, page.locator("main").get_by_role("link", name="collapsed").first)
    expect(page.get_by_text("It calls names.")).to_be_visible()
    click(page, page.get_by_role("link", name="Appeal this decision"))
    page.get_by_label("Why the decision is wrong").fill("It is about the figures.")
    click(page, page.get_by_role("button", name="Send the appeal"))
    expect(page.get_by_text("Somebody else looks at it again")).to_be_visible()
    city.owner.goto("/moderation")
    expect(city.owner.locator(".queue")).to_have_count(0)
    decide(open_case(city.other_moderator, "/moderation?lane=appeals", "figures"), "Reverse", "It is about figures.")
    page.goto(city.post)
    expect(page.locator(city.comment).get_by_text(RUDE)).to_be_visible()


def everyone_reads_it(page: Page, city: City) -> None:
    """Without an account, and without a word or a name of those involved."""
    page.goto("/moderation/log")
    rows = page.locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("decision reversed")
    expect(rows.filter(has_text="Comment: collapsed").first).to_contain_text(city.here.rpartition("/")[2])
    expect(page.locator("main")).not_to_contain_text(re.compile("Amira|Joost|can’t count"))
    page.goto("/transparency")
    expect(page.get_by_role("row").filter(has_text="reversed").first).to_contain_text(re.compile("[1-9]"))


def open_case(page: Page, queue: str, words: str) -> Page:
    page.goto(queue)
    click(page, page.locator(".queue__item").filter(has_text=words).first)
    return page


def press(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def decide(page: Page, what: str, facts: str, *, ground: str = "") -> None:
    form = page.locator("#decide")
    form.get_by_text(what, exact=True).click()
    if ground:
        form.get_by_label("Ground").select_option(ground)
    form.get_by_label("Facts").fill(facts)
    click(page, form.get_by_role("button", name="Decide and send the reasons"))
    expect(page.get_by_role("status").filter(has_text="You can undo this for 60 seconds")).to_be_visible()
