"""Every page that a visitor can come to, and how they get there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import FilePayload, Locator, Page, Response

from forum.config import ROOT
from forum.kernel import clock
from tests.browser.visitors import SAMPLE_PASSWORD

Way = Callable[[Page], Response | None]

PASSWORD = "a long enough sentence"  # of members that exist for one test
APPLY = "/organisations/apply"
CURATE = "a[href$='/curate']"
ORGANISATION = "/organisations/city-of-oosterkade"
WORDS = "Words that *somebody* wrote.\n\n> and quoted"
PICTURE = FilePayload(name="quay.png", mimeType="image/png", buffer=(ROOT / "docs/pictures/home.png").read_bytes())
POOR_WORDS = "Read it [here](https://example.org).\n\n![](https://example.org/a.png)"


@dataclass(frozen=True)
class Sight:
    """`endpoint` is the view that shows it, `way` how to come there, `member` who is signed in.

    `alone` is in a browser of its own, since on the way somebody signs in or out.
    """

    endpoint: str
    name: str
    way: Way
    member: str = ""
    status: int = 200
    alone: bool = False

    def __str__(self) -> str:
        return f"{self.endpoint}-{self.name}"


def stay(_page: Page) -> Response | None:
    return None


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
        press = form.locator("button", has_text=button)  # not a tool of the toolbar
        # Without what scripts add to it, and as it is without them.
        press.evaluate("(button) => { button.replaceWith(Object.assign(button.cloneNode(true), { hidden: false })) }")
        return click(page, press)

    return go


def click(page: Page, target: Locator) -> Response | None:
    with page.expect_navigation() as arrival:
        target.click()
    return arrival.value


A_POST = by("/?tab=top", "main article h2 a")
A_DRAFT = sent(at("/posts/new"), "Save draft", title="A draft of mine", body=WORDS)
A_PICTURE = sent(at("/posts/new"), "Picture or file", body=WORDS)
OWN_COMMENT = sent(A_POST, "Post comment", body=WORDS)


def face_chosen(page: Page) -> Response | None:
    page.goto("/settings/picture")
    page.locator("[type=file]").set_input_files(files=[PICTURE])
    return click(page, page.get_by_role("button", name="Use this picture"))


def picture_undescribed(page: Page) -> Response | None:
    page.goto("/posts/new")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(files=[PICTURE])
    page.get_by_label("What the picture shows").wait_for()
    return sent(stay, "Publish", title="What the wall cost", body=WORDS)(page)


def something_followed(page: Page) -> Response | None:
    by("/topics", ".signs a")(page)
    page.locator("main .follow summary").first.click()
    click(page, page.get_by_role("button", name="Every post"))
    return page.goto("/settings/following")


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
    sent(stay, "Save changes", body=f"{WORDS} twice")(page)
    return click(page, page.get_by_role("link", name="History"))


def publish(page: Page) -> Response | None:
    page.goto("/posts/new")
    page.get_by_label("Main topic").select_option(index=1)
    return sent(stay, "Publish", title="What the wall cost", body=WORDS)(page)


def bookmarks(page: Page) -> Response | None:
    A_POST(page)
    keep = page.locator("button[formaction$='/bookmark']").locator("visible=true").first
    if keep.get_attribute("aria-pressed") == "false":
        keep.evaluate("(button) => { button.replaceWith(button.cloneNode(true)) }")
        with page.expect_response(lambda answer: answer.url.endswith("/bookmark")):
            page.locator("button[formaction$='/bookmark']").locator("visible=true").first.click()
    return page.goto("/bookmarks")


def bookmark(page: Page) -> Response | None:
    bookmarks(page)
    return click(page, page.get_by_role("link", name="Note and reminder").first)


def withdrawn_post(page: Page) -> Response | None:
    publish(page)
    click(page, page.get_by_role("link", name="Edit"))
    return sent(stay, "Withdraw this post")(page)


def kept_words(page: Page) -> Response | None:
    """As the script of a form keeps them in the account."""
    page.goto("/posts/new")
    token = page.locator("[name=csrf_token]").first.get_attribute("value") or ""
    typed = {"title": "Typed and not sent", "body": POOR_WORDS, "csrf_token": token}
    page.request.post("/drafts/kept", form={**typed, "desk": "post:new", "writer": "sights", "turn": "1"})
    return page.goto("/drafts")


def going_on(page: Page) -> Response | None:
    kept_words(page)
    return click(page, page.locator("main li a").first)


def by_withdrawing(page: Page) -> Response | None:
    withdrawn_post(page)
    return page.goto("/drafts")


def scheduled_post(page: Page) -> Response | None:
    page.goto("/posts/new")
    page.get_by_label("Main topic").select_option(index=1)
    page.get_by_text("Publish later").click()
    soon = (clock.now() + timedelta(days=30)).strftime("%Y-%m-%dT09:00")
    fields = {"title": "What the wall will cost", "body": WORDS, "publish_at": soon}
    return sent(lambda _page: None, "Schedule", **fields)(page)


def without_session(page: Page) -> Response | None:
    """A comment is sent after signing out elsewhere."""
    A_POST(page)
    page.context.clear_cookies()
    return sent(stay, "Post comment", body=WORDS)(page)


def signed_in_again(page: Page) -> Response | None:
    without_session(page)
    return sent(stay, "Sign in", username="amira", password=SAMPLE_PASSWORD)(page)


def gone_meanwhile(page: Page) -> Response | None:
    """A comment is sent to a post that has been withdrawn since."""
    publish(page)
    elsewhere(page, "Withdraw this post")
    return sent(stay, "Post comment", body=WORDS)(page)


def changed_meanwhile(page: Page) -> Response | None:
    """Changes are saved to a post that has been changed since."""
    publish(page)
    click(page, page.get_by_role("link", name="Edit"))
    elsewhere(page, "Save changes", body=f"{WORDS} from elsewhere")
    return sent(stay, "Save changes", body=f"{WORDS} from here")(page)


def elsewhere(page: Page, button: str, **fields: str) -> None:
    """Press a button of a post's form in another tab."""
    tab = page.context.new_page()
    tab.goto(re.sub(r"(/posts/\d+)/.*", r"\1/edit", page.url))
    sent(stay, button, **fields)(tab)
    tab.close()


def unconfirmed(page: Page) -> Response | None:
    name = f"visitor-{secrets.token_hex(4)}"
    _sign_up(name)(page)
    return sent(at("/sign-in?next=/settings/account"), "Sign in", username=name, password=PASSWORD)(page)


def asked_for_copy(page: Page) -> Response | None:
    page.goto("/settings/privacy")
    if page.get_by_role("button", name="Ask for a copy").count():
        return sent(stay, "Ask for a copy", password=SAMPLE_PASSWORD)(page)
    return page.reload()


def leaving(page: Page) -> Response | None:
    """Somebody who just came."""
    unconfirmed(page)
    return sent(at("/settings/privacy/erase"), "Erase my account", password=PASSWORD)(page)


def passkey_begun(page: Page) -> Response | None:
    return sent(at("/settings/security/new/passkey"), "Go on", name="Laptop", password=SAMPLE_PASSWORD)(page)


def app_begun(page: Page) -> Response | None:
    """A newcomer's authenticator app, whose picture is shown."""
    unconfirmed(page)
    return sent(at("/settings/security/new/app"), "Go on", name="Telephone", password=PASSWORD)(page)


def app_added(page: Page) -> Response | None:
    app_begun(page)
    return sent(stay, "Add the app", code=pyotp.TOTP(secret_on(page)).now())(page)


def app_removing(page: Page) -> Response | None:
    app_added(page)
    page.goto("/settings/security")
    return click(page, page.get_by_role("link", name="Remove Telephone"))


def app_asked(page: Page) -> Response | None:
    """Signing in again: the password, and then the page that asks for a code."""
    app_added(page)
    page.goto("/settings/profile")
    username = page.locator("a[href^='/members/visitor-']").first.get_attribute("href") or ""
    page.context.clear_cookies()
    name = username.removeprefix("/members/")
    return sent(at("/sign-in"), "Sign in", username=name, password=PASSWORD)(page)


def secret_on(page: Page) -> str:
    return page.locator("code.secret").inner_text().replace(" ", "")


def newcomer_at_the_queue(page: Page) -> Response | None:
    """Somebody who looks after nothing, whatever others were given on their way."""
    unconfirmed(page)
    return page.goto("/moderation")


def an_application(page: Page) -> Response | None:
    """A draft with two proofs begun. Nobody may have more than three: the oldest are withdrawn."""
    page.goto(APPLY)
    while page.locator(".people a[href^='/membership/']").count() > 2:
        click(page, page.locator(".people a[href^='/membership/']").last)
        click(page, page.get_by_role("button", name="Withdraw"))
        page.goto(APPLY)
    fields = {"name": f"City of {secrets.token_hex(4)}", "code": "TST", "domain": "city.example"}
    sent(at(APPLY), "Save and go on", **fields)(page)
    for _kind in ("record", "file"):
        click(page, page.get_by_role("button", name="Begin: ").first)
    return page.reload()


def code_elsewhere(page: Page) -> Response | None:
    return sent(an_application, "Send a code", email="somebody@elsewhere.example")(page)


def something_waits(page: Page) -> Response | None:
    """A moderator watches for a word, and somebody else writes it."""
    page.goto("/moderation/watched-words")
    if page.get_by_text("planters for sale").count() == 0:
        sent(stay, "Watch", words="planters for sale")(page)
    page.goto("/moderation")
    if page.locator(".queue__item").count() == 0:
        _write_what_waits(page)
    return page.goto("/moderation")


def _write_what_waits(page: Page) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(base_url=re.sub(r"(?<=\w)/.*", "", page.url))
    other = context.new_page()
    sent(at("/sign-in"), "Sign in", username="amira", password=SAMPLE_PASSWORD)(other)
    sent(A_POST, "Post comment", body="We have planters for sale.")(other)
    context.close()


def a_case(page: Page) -> Response | None:
    something_waits(page)
    return click(page, page.locator(".queue__item").first)


def a_decision(page: Page) -> Response | None:
    """As whoever may look after it reads it, too."""
    a_case(page)
    form = page.locator("#decide")
    form.get_by_text("Reject", exact=True).click()
    form.get_by_label("Ground").select_option(index=2)
    form.get_by_label("Facts").fill("It sells planters.")
    click(page, form.get_by_role("button", name="Decide and send the reasons"))
    return page.goto(f"/decisions/{page.url.partition('decided=')[2]}")


def _sign_up(username: str) -> Way:
    fields = {"name": "Noor Okafor", "username": username, "email": f"{username}@example.org", "password": PASSWORD}
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
    Sight("pages.show_organisation", "comments", at(f"{ORGANISATION}?tab=comments")),
    Sight("pages.show_organisation", "for-its-owner", at(ORGANISATION), "joost"),
    Sight("organisations.people", "shown", at(f"{ORGANISATION}/people")),
    Sight("membership.look_at_invitation", "unknown", at("/invitations/unknown"), status=410),
    Sight("accounts.members", "all", at("/members")),
    Sight("accounts.members", "none", at("/members?q=xyzzy")),
    Sight("pages.show_member", "somebody", at("/members/joost")),
    Sight("pages.show_member", "comments", at("/members/joost?tab=comments")),
    Sight("pages.show_member", "recommended", at("/members/joost?tab=recommended")),
    Sight("pages.show_member", "oneself", at("/members/amira"), "amira"),
    Sight("posts.history", "edited", edited_post_history, "amira"),
    Sight("comments.history", "edited", edited_comment_history, "amira"),
)
ENTERING = (
    Sight("accounts.sign_in", "empty", at("/sign-in")),
    Sight(
        "accounts.send_sign_in", "refused", sent(at("/sign-in"), "Sign in", username="amira", password="no"), status=422
    ),
    Sight("accounts.send_sign_in", "with-words", signed_in_again, "amira", alone=True),
    Sight("accounts.sign_up", "empty", at("/sign-up")),
    Sight("accounts.send_sign_up", "refused", sent(at("/sign-up"), "Make an account", username="!"), status=422),
    Sight("accounts.sign_up_sent", "new", _sign_up(f"visitor-{secrets.token_hex(4)}")),
    Sight("accounts.ask_confirmation", "empty", at("/confirm")),
    Sight("accounts.confirmation_sent", "sent", sent(at("/confirm"), "Send", email="noor@example.org")),
    Sight("accounts.confirmed", "done", at("/confirm/done")),
    Sight("accounts.look_at_confirmation", "unknown", at("/confirm/unknown"), status=410),
    Sight("accounts.second_step", "over", at("/sign-in/second-step"), status=401),
    Sight("accounts.second_step", "asked", app_asked, alone=True),
    Sight("accounts.show_keys", "on", at("/help/keyboard")),
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
    Sight("media.place", "for-a-text", sent(at("/posts/new"), "Picture or file", body=WORDS), "amira"),
    Sight("posts.create", "picture-undescribed", picture_undescribed, "amira", 422),
    Sight("media.face", "chosen", face_chosen, "amira"),
    Sight("media.add_face", "refused", sent(at("/settings/picture"), "Use this picture"), "amira", 422),
    Sight("media.logo", "none", at(f"{ORGANISATION}/logo"), "joost"),
    Sight("media.place", "refused", sent(A_PICTURE, "Add it", alt="A quay"), "amira", 422),
    Sight("posts.edit", "draft", A_DRAFT, "amira"),
    Sight("drafts.index", "one", at("/drafts"), "amira"),
    Sight("drafts.index", "none", at("/drafts"), "joost"),
    Sight("drafts.index", "withdrawn", by_withdrawing, "amira"),
    Sight("drafts.index", "kept", kept_words, "amira"),
    Sight("drafts.go_on", "one", going_on, "amira"),
    Sight("drafts.go_on", "gone", at("/drafts/99999"), "amira", 404),
    Sight("posts.edit", "scheduled", scheduled_post, "amira"),
    Sight("posts.create", "advice", sent(at("/posts/new"), "Show full preview", body=POOR_WORDS), "amira"),
    Sight("comments.new", "empty", at("/posts/1/comments/new"), "amira"),
    Sight("comments.reply", "empty", at("/comments/1/reply"), "amira"),
    Sight("comments.create", "refused", sent(at("/comments/1/reply"), "Post reply"), "amira", 422),
    Sight("comments.create", "preview", sent(at("/comments/1/reply"), "Preview", body=WORDS), "amira"),
    Sight("comments.create", "signed-out", without_session, "amira", 401, alone=True),
    Sight("comments.create", "gone", gone_meanwhile, "amira", 409),
    Sight("posts.change", "conflict", changed_meanwhile, "amira", 409),
    Sight("comments.edit", "own", own_comment_page, "amira"),
    Sight("comments.change", "refused", sent(own_comment_page, "Save changes", body=""), "amira", 422),
)
KEEPING = (
    Sight("bookmarks.bookmarks", "none", at("/bookmarks"), "joost"),
    Sight("bookmarks.bookmarks", "one", bookmarks, "amira"),
    Sight("bookmarks.bookmarks", "not-found", at("/bookmarks?q=nothing"), "amira"),
    Sight("bookmarks.edit", "one", bookmark, "amira"),
    Sight("accounts.edit_profile", "own", at("/settings/profile"), "amira"),
    Sight("accounts.save_profile", "refused", sent(at("/settings/profile"), "Save", name=""), "amira", 422),
    Sight("accounts.account", "own", at("/settings/account"), "amira"),
    Sight("accounts.account", "unconfirmed", unconfirmed, alone=True),
    Sight("accounts.security", "none", at("/settings/security"), "amira"),
    Sight("accounts.security", "for-a-moderator", at("/settings/security"), "rosa"),
    Sight("accounts.new_factor", "passkey", at("/settings/security/new/passkey"), "amira"),
    Sight("accounts.start_factor", "refused", sent(at("/settings/security/new/app"), "Go on"), "amira", 422),
    Sight("accounts.attempt", "app", app_begun, alone=True),
    Sight("accounts.attempt", "passkey", passkey_begun, "amira"),
    Sight("accounts.finish_attempt", "codes", app_added, alone=True),
    Sight("accounts.new_codes", "none", at("/settings/security/codes"), "amira"),
    Sight("accounts.factor", "last", app_removing, alone=True),
    Sight("accounts.sessions", "own", at("/settings/sessions"), "amira"),
    Sight("pages.show_home", "for-you", at("/?tab=for-you"), "amira"),
    Sight("notifications.show", "some", at("/notifications"), "amira"),
    Sight("notifications.show", "none", at("/notifications?tab=moderation"), "amira"),
    Sight("notifications.settings", "own", at("/settings/notifications"), "amira"),
    Sight("notifications.ask_unsubscribe", "unknown", at("/unsubscribe/unknown"), status=410),
    Sight("notifications.letters", "all", at("/admin/letters"), "admin"),
    Sight("notifications.letter", "one", at("/admin/letters/reply"), "admin"),
    Sight("privacy.own", "nothing-asked", at("/settings/privacy"), "joost"),
    Sight("privacy.own", "copy-asked", asked_for_copy, "amira"),
    Sight("privacy.ask_export", "refused", sent(at("/settings/privacy"), "Ask for a copy"), "joost", 422),
    Sight("privacy.ask_first", "preview", at("/settings/privacy/erase"), "amira"),
    Sight("privacy.ask_first", "only-owner", at("/settings/privacy/erase"), "joost"),
    Sight("privacy.ask_erasure", "refused", sent(at("/settings/privacy/erase"), "Erase my account"), "amira", 422),
    Sight("privacy.own", "leaving", leaving, alone=True),
    Sight("following.show_followed", "some", something_followed, "amira"),
    Sight("following.show_followed", "none", at("/settings/following"), "joost"),
    Sight("accounts.blocked", "none", at("/settings/blocked"), "joost"),
    Sight("organisations.edit", "own", at(f"{ORGANISATION}/edit"), "joost"),
    Sight("organisations.people", "own", at(f"{ORGANISATION}/people"), "joost"),
    Sight("organisations.person", "one", by(f"{ORGANISATION}/people", "main a:text('Change')"), "joost"),
    Sight("membership.start", "empty", at(APPLY), "amira"),
    Sight("membership.apply", "refused", sent(at(APPLY), "Save and go on"), "amira", 422),
    Sight("membership.show", "draft", an_application, "amira"),
    Sight("membership.start_proof", "refused", code_elsewhere, "amira", 422),
    Sight("membership.ask_claim", "one", at(f"{ORGANISATION}/claim"), "amira"),
    Sight("membership.standing", "own", at(f"{ORGANISATION}/verification"), "joost"),
    Sight("membership.standing", "for-a-moderator", at(f"{ORGANISATION}/verification"), "rosa"),
    Sight("membership.ask_rename", "own", at(f"{ORGANISATION}/rename"), "joost"),
    Sight("membership.rename", "refused", sent(at(f"{ORGANISATION}/rename"), "Send to"), "joost", 422),
    Sight("membership.invitations", "own", at(f"{ORGANISATION}/invitations"), "joost"),
    Sight("membership.invite", "refused", sent(at(f"{ORGANISATION}/invitations"), "Send the"), "joost", 422),
    Sight(
        "curating.post", "one", by("/topics", ".signs a", ".ledger a[href^='/posts/']", "a[href$='/curate']"), "rosa"
    ),
    Sight("curating.topic", "one", by("/topics", ".signs a", "a[href$='/curate']"), "rosa"),
    Sight("curating.merge", "refused", sent(by("/topics", ".signs a", "a[href$='/curate']"), "Merge"), "rosa", 422),
    Sight("topics.new", "empty", at("/topics/new"), "rosa"),
    Sight("topics.create", "refused", sent(at("/topics/new"), "Save"), "rosa", 422),
    Sight("topics.edit", "one", by("/topics", "a[href$='/edit']"), "rosa"),
    Sight("topics.new", "not-yours", at("/topics/new"), "amira", 403),
    Sight("posts.edit", "missing", at("/posts/99999/edit"), "amira", 404),
)
RULING = (
    Sight("privacy.statement", "page", at("/privacy")),
    Sight("privacy.accessibility", "page", at("/accessibility")),
    Sight("rules.show", "now", at("/rules")),
    Sight("rules.show", "for-an-administrator", at("/rules"), "rosa"),
    Sight("rules.edition", "first", at("/rules/editions/1")),
    Sight("rules.editions", "all", at("/rules/editions")),
    Sight("rules.how", "page", at("/moderation/how")),
    Sight("trust.own", "new", at("/settings/trust"), "amira"),
    Sight("trust.show", "one", at("/members/joost/trust"), "admin"),
    Sight("rules.edit", "one", at("/rules/on-topic/edit"), "admin"),
    Sight("notices.new", "empty", at("/notices/new")),
    Sight("notices.send", "refused", sent(at("/notices/new"), "Send the notice"), status=422),
    Sight("transparency.log", "some", at("/moderation/log")),
    Sight("transparency.this_year", "now", at("/transparency")),
    Sight("transparency.year", "now", at(f"/transparency/{datetime.now(UTC).year}")),
    Sight("rules.new", "not-yours", at("/rules/new"), "amira", 403),
)
MODERATING = (
    Sight("moderation.queue", "some", something_waits, "rosa"),
    Sight("moderation.queue", "decided", at("/moderation?view=decided"), "rosa"),
    Sight("moderation.queue", "not-yours", newcomer_at_the_queue, status=403, alone=True),
    Sight("moderation.organisation_queue", "none", at(f"{ORGANISATION}/queue"), "joost"),
    Sight("moderation.item", "one", a_case, "rosa"),
    Sight("moderation.decide", "refused", sent(a_case, "Decide and send the reasons"), "rosa", 422),
    Sight("moderation.decision", "one", a_decision, "rosa"),
    Sight("moderation.decisions", "none", at("/decisions"), "joost"),
    Sight("moderation.spam", "nothing-ticked", at("/moderation/spam"), "rosa"),
    Sight("moderation.watched", "words", at("/moderation/watched-words"), "rosa"),
    Sight("moderation.watch", "refused", sent(at("/moderation/watched-words"), "Watch", words=""), "rosa", 422),
)
SEARCHING = (
    Sight("search.results", "empty", at("/search")),
    Sight("search.results", "some", at("/search?q=heat+pump")),
    Sight("search.results", "filtered", at("/search?q=city&kind=post&kind=comment&topic=energy&sort=newest"), "joost"),
    Sight("search.results", "nothing", at("/search?q=zeppelin&kind=topic")),
    Sight("search.similar", "page", at("/search/similar?post=1")),
)
NOTE = "/admin/settings/site-note"


def a_changed_setting(page: Page) -> Response | None:
    """With a history, and back to what it was."""
    for value in ("We are trying this out until June.", ""):
        sent(at(NOTE), "Save", value=value)(page)
    return page.goto(NOTE)


ADMINISTERING = (
    Sight("admin.show_health", "now", at("/admin"), "admin"),
    Sight("admin.settings", "all", at("/admin/settings"), "admin"),
    Sight("admin.setting", "changed", a_changed_setting, "admin"),
    Sight(
        "admin.change_setting",
        "refused",
        sent(at("/admin/settings/report-threshold"), "Save", value="-3"),
        "admin",
        422,
    ),
    Sight("admin.members", "some", at("/admin/members"), "admin"),
    Sight("admin.members", "none", at("/admin/members?q=xyzzy"), "admin"),
    Sight("admin.member", "one", at("/admin/members/joost"), "admin"),
    Sight("admin.ask_role", "one", at("/admin/members/joost/role?role=moderator"), "admin"),
    Sight("admin.organisations", "some", at("/admin/organisations"), "admin"),
    Sight("admin.topics", "all", at("/admin/topics"), "admin"),
    Sight("admin.tray", "nothing", at("/admin/outgoing/letters"), "admin"),
    Sight("transparency.statements", "years", at("/admin/statements"), "admin"),
    Sight("admin.acts", "some", at("/admin/acts"), "admin"),
    Sight("admin.show_health", "not-yours", at("/admin"), "rosa", 403),
)
SIGHTS = (*READING, *ENTERING, *WRITING, *KEEPING, *RULING, *MODERATING, *SEARCHING, *ADMINISTERING)
# What answers a GET without a page of its own: a redirect, a calendar, words for machines.
PAGELESS = {
    "notifications.letter_html",  # as a mail program shows it
    "drafts.look",
    "suggesting.suggest",
    "media.file",
    "privacy.download",
    "media.size",
    "transparency.log_feed",
    "transparency.statement_objects",
    "transparency.statement_table",
    "transparency.year_table",
    "accounts.settings",
    "admin.show_metrics",
    "comments.show",
    "feeds.for_robots",
    "feeds.latest",
    "feeds.member",
    "feeds.organisation",
    "feeds.post",
    "feeds.site_map",
    "feeds.site_map_part",
    "feeds.topic",
    "health.readyz",
    "posts.event",
    "posts.old_address",
    "notifications.follow",
    "reading.show_seen",
    "search.suggest",
}
