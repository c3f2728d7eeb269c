"""Every page that a visitor can come to, and how they get there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Response

from tests.browser.visitors import SAMPLE_PASSWORD

Way = Callable[[Page], Response | None]

ORGANISATION = "/organisations/city-of-oosterkade"
WORDS = "Words that *somebody* wrote.\n\n> and quoted"


@dataclass(frozen=True)
class Sight:
    """`endpoint` is the view that shows it, `way` the last step to it, `member` who is signed in, at least at first."""

    endpoint: str
    name: str
    way: Way
    member: str = ""
    status: int = 200
    ends_session: bool = False

    def __str__(self) -> str:
        return f"{self.endpoint}-{self.name}"


def at(path: str) -> Way:
    return lambda page: page.goto(path)


def by(path: str, *links: str) -> Way:
    """The first link that each selector finds, from a page on."""

    def go(page: Page) -> Response | None:
        answer = page.goto(path)
        for link in links:
            answer = click(page, page.locator(link).first)
        return answer

    return go


def sent(way: Way, button: str, **fields: str) -> Way:
    """A form's button pressed, its fields by name filled in, and nothing checked by the browser."""

    def go(page: Page) -> Response | None:
        way(page)
        form = page.locator("main form").filter(has=page.get_by_role("button", name=button)).last
        for name, value in fields.items():
            form.locator(f"[name={name}]").first.fill(value)
        form.evaluate("(form) => { form.noValidate = true }")
        press = form.get_by_role("button", name=button)
        press.evaluate("(button) => { button.replaceWith(button.cloneNode(true)) }")  # without what scripts add to it
        return click(page, press)

    return go


def click(page: Page, target: Locator) -> Response | None:
    with page.expect_navigation() as arrival:
        target.click()
    return arrival.value


A_POST = by("/?tab=top", "main article h2 a")
A_DRAFT = sent(at("/posts/new"), "Save draft", title="A draft of mine", body=WORDS)
OWN_COMMENT = sent(A_POST, "Post comment", body=WORDS)


def own_comment_page(page: Page) -> Response | None:
    OWN_COMMENT(page)
    return click(page, page.locator("article:target").get_by_role("link", name="Edit"))


def edited_comment_history(page: Page) -> Response | None:
    sent(own_comment_page, "Save changes", body=f"{WORDS} twice")(page)
    number = re.sub(r"\D", "", page.locator("article:target").get_attribute("id") or "")
    return page.goto(f"/comments/{number}/history")


def edited_post_history(page: Page) -> Response | None:
    publish(page)
    click(page, page.get_by_role("link", name="Edit"))
    sent(lambda _page: None, "Save changes", body=f"{WORDS} twice")(page)
    return click(page, page.get_by_role("link", name="History"))


def publish(page: Page) -> Response | None:
    page.goto("/posts/new")
    page.get_by_label("Main topic").select_option(index=1)
    return sent(lambda _page: None, "Publish", title="What the wall cost", body=WORDS)(page)


def withdrawn_post(page: Page) -> Response | None:
    publish(page)
    click(page, page.get_by_role("link", name="Edit"))
    return sent(lambda _page: None, "Withdraw this post")(page)


def without_session(page: Page) -> Response | None:
    """A comment is sent after signing out elsewhere."""
    A_POST(page)
    page.context.clear_cookies()
    return sent(lambda _page: None, "Post comment", body=WORDS)(page)


def signed_in_again(page: Page) -> Response | None:
    without_session(page)
    return sent(lambda _page: None, "Sign in", username="amira", password=SAMPLE_PASSWORD)(page)


def _sign_up(name: str) -> Way:
    username = f"visitor-{secrets.token_hex(4)}"
    fields = {"name": name, "username": username, "email": f"{username}@example.org", "password": "a long sentence"}
    return sent(at("/sign-up"), "Make an account", **fields)


READING = (
    Sight("pages.show_home", "latest", at("/")),
    Sight("pages.show_home", "unanswered", at("/?tab=unanswered")),
    Sight("pages.show_home", "for-a-member", at("/?tab=top"), "amira"),
    Sight("pages.show_discussion", "top", A_POST),
    Sight("pages.show_discussion", "for-a-member", A_POST, "amira"),
    Sight("pages.show_discussion", "for-a-representative", A_POST, "joost"),
    Sight("pages.show_discussion", "event", by("/", ".aside li a:near(.meta)")),
    Sight("pages.show_discussion", "withdrawn", withdrawn_post, "amira"),
    Sight("topics.index", "all", at("/topics")),
    Sight("topics.index", "for-a-moderator", at("/topics"), "rosa"),
    Sight("pages.show_topic", "one", by("/topics", ".signs a")),
    Sight("organisations.directory", "all", at("/organisations")),
    Sight("organisations.directory", "none", at("/organisations?q=xyzzy")),
    Sight("pages.show_organisation", "one", at(ORGANISATION)),
    Sight("pages.show_organisation", "for-its-owner", at(ORGANISATION), "joost"),
    Sight("organisations.people", "shown", at(f"{ORGANISATION}/people")),
    Sight("accounts.members", "all", at("/members")),
    Sight("accounts.members", "none", at("/members?q=xyzzy")),
    Sight("pages.show_member", "somebody", at("/members/joost")),
    Sight("pages.show_member", "oneself", at("/members/amira"), "amira"),
    Sight("posts.history", "edited", edited_post_history, "amira"),
    Sight("comments.history", "edited", edited_comment_history, "amira"),
)
ENTERING = (
    Sight("accounts.sign_in", "empty", at("/sign-in")),
    Sight(
        "accounts.send_sign_in", "refused", sent(at("/sign-in"), "Sign in", username="amira", password="no"), status=422
    ),
    Sight("accounts.send_sign_in", "with-words", signed_in_again, "amira", ends_session=True),
    Sight("accounts.sign_up", "empty", at("/sign-up")),
    Sight("accounts.send_sign_up", "refused", sent(at("/sign-up"), "Make an account", username="!"), status=422),
    Sight("accounts.sign_up_sent", "new", _sign_up("Noor Okafor")),
    Sight("accounts.ask_confirmation", "empty", at("/confirm")),
    Sight("accounts.confirmation_sent", "sent", sent(at("/confirm"), "Send", email="noor@example.org")),
    Sight("accounts.confirmed", "done", at("/confirm/done")),
    Sight("accounts.look_at_confirmation", "unknown", at("/confirm/unknown"), status=410),
    Sight("accounts.ask_reset", "empty", at("/reset-password")),
    Sight("accounts.reset_sent", "sent", sent(at("/reset-password"), "Send", email="noor@example.org")),
    Sight("accounts.look_at_reset", "unknown", at("/reset-password/unknown"), status=410),
)
WRITING = (
    Sight("posts.new", "article", at("/posts/new"), "amira"),
    Sight("posts.new", "event", at("/posts/new?kind=event"), "amira"),
    Sight("posts.new", "request", at("/posts/new?kind=request"), "joost"),
    Sight("posts.create", "refused", sent(at("/posts/new?kind=event"), "Publish"), "amira", 422),
    Sight("posts.create", "preview", sent(at("/posts/new"), "Show full preview", body=WORDS), "amira"),
    Sight("posts.edit", "draft", A_DRAFT, "amira"),
    Sight("posts.drafts", "one", at("/drafts"), "amira"),
    Sight("posts.drafts", "none", at("/drafts"), "joost"),
    Sight("comments.new", "empty", at("/posts/1/comments/new"), "amira"),
    Sight("comments.reply", "empty", at("/comments/1/reply"), "amira"),
    Sight("comments.create", "refused", sent(at("/comments/1/reply"), "Post reply"), "amira", 422),
    Sight("comments.create", "preview", sent(at("/comments/1/reply"), "Preview", body=WORDS), "amira"),
    Sight("comments.create", "signed-out", without_session, "amira", 401, ends_session=True),
    Sight("comments.edit", "own", own_comment_page, "amira"),
    Sight("comments.change", "refused", sent(own_comment_page, "Save changes", body=""), "amira", 422),
)
KEEPING = (
    Sight("accounts.edit_profile", "own", at("/settings/profile"), "amira"),
    Sight("accounts.save_profile", "refused", sent(at("/settings/profile"), "Save", name=""), "amira", 422),
    Sight("accounts.account", "own", at("/settings/account"), "amira"),
    Sight("accounts.sessions", "own", at("/settings/sessions"), "amira"),
    Sight("accounts.blocked", "none", at("/settings/blocked"), "joost"),
    Sight("organisations.edit", "own", at(f"{ORGANISATION}/edit"), "joost"),
    Sight("organisations.people", "own", at(f"{ORGANISATION}/people"), "joost"),
    Sight("organisations.person", "one", by(f"{ORGANISATION}/people", "main a:text('Change')"), "joost"),
    Sight("topics.new", "empty", at("/topics/new"), "rosa"),
    Sight("topics.create", "refused", sent(at("/topics/new"), "Save"), "rosa", 422),
    Sight("topics.edit", "one", by("/topics", "a[href$='/edit']"), "rosa"),
    Sight("topics.new", "not-yours", at("/topics/new"), "amira", 403),
    Sight("posts.edit", "missing", at("/posts/99999/edit"), "amira", 404),
)
SIGHTS = (*READING, *ENTERING, *WRITING, *KEEPING)
# What answers a GET without a page of its own: a redirect, a calendar, words for machines.
PAGELESS = {
    "accounts.settings",
    "comments.show",
    "health.readyz",
    "posts.event",
    "posts.old_address",
}
