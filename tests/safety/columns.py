"""Every column that holds text: what people write into it, or who makes it otherwise.

A new text column has to be put into one of these before the suite passes. So nobody can forget to look at where it is
shown.
"""

from __future__ import annotations

from collections.abc import Callable

# Typed by somebody: a member, an institution, a moderator, an administrator, a browser, or the page behind a link.
TYPED = (
    "admin_acts.new", "admin_acts.old", "affiliations.title", "appeals.words", "bookmarks.note",
    "comment_revisions.note", "comment_revisions.source", "comments.collapsed_because", "comments.collapsed_by",
    "comments.excerpt", "comments.returned_because", "comments.role_title", "comments.source", "decisions.facts",
    "decisions.law", "factor_attempts.name", "files.alt", "files.name", "hold_reasons.words", "house_rules.category",
    "house_rules.source", "house_rules.title", "internal_notes.words", "invitations.title", "letters.error",
    "letters.plain", "letters.subject", "letters.to_name", "link_cards.description", "link_cards.error",
    "link_cards.site", "link_cards.title", "mail_preferences.stop_reason", "member_sessions.address",
    "member_sessions.user_agent", "members.bio", "members.city", "members.headline", "members.name",
    "members.represents", "membership_proofs.problem", "membership_requests.reason", "notices.email",
    "notices.explanation", "notices.law", "notices.name", "notifications.title", "organisations.city",
    "organisations.description", "organisations.name", "outbox_deliveries.error", "post_revisions.note",
    "post_revisions.source", "post_revisions.standfirst", "post_revisions.title", "posts.excerpt", "posts.image_alt",
    "posts.place", "posts.publish_problem", "posts.returned_because", "posts.role_title", "posts.source",
    "posts.standfirst", "posts.title", "reports.details", "review_items.excerpt", "review_items.title",
    "rule_editions.note", "second_factors.name", "statements_of_reasons.decision_facts",
    "statements_of_reasons.illegal_content_explanation", "statements_of_reasons.illegal_content_legal_ground",
    "statements_of_reasons.incompatible_content_explanation", "statements_of_reasons.incompatible_content_ground",
    "statements_of_reasons.source_identity", "topics.description", "topics.introduction", "topics.name",
    "topics.pinned_note",
)  # fmt: skip

# Typed, too, and refused unless it has the form that the example has: a row that is made for a test has the example.
FORMED = {
    "membership_proofs.address": "info@oosterkade.example",
    "membership_proofs.domain": "oosterkade.example",
    "notices.address": "http://localhost/comments/1",
    "watched_words.words": "cheap watches",
}

# Rendered from Markdown by the one pipeline, which tests/kernel/text holds.
RENDERED = (
    "comments.html", "house_rules.html", "letters.html", "members.bio_html", "organisations.description_html",
    "posts.html", "topics.introduction_html", "topics.pinned_note_html",
)  # fmt: skip

# Made by the program, or chosen from a list: with a value that a row may have. None: a table that no page shows.
MADE: dict[str, object] = {
    "admin_acts.thing": "site-note", "admin_acts.verb": "setting", "affiliations.right": "editor",
    "comments.import_key": None, "comments.language": "en", "comments.path": "0001", "comments.state": "visible",
    "comments.withdrawn_from": None, "curating_acts.after": {}, "curating_acts.aspect": "pin",
    "curating_acts.before": {}, "curating_acts.verb": "pin", "data_exports.key": "a", "data_exports.state": "asked",
    "decisions.action": "remove", "decisions.before": {}, "decisions.ground": "argue-the-case",
    "drafts.place": "post:new", "drafts.writer": "a", "erasures.comments": "keep", "erasures.posts": "keep",
    "factor_attempts.kind": "passkey", "factor_attempts.secret": "c2VjcmV0", "file_uses.holder": "comment",
    "files.key": "abcdefghijklmnop", "files.kind": "image", "follows.kind": "post", "follows.level": "every",
    "hold_reasons.check_name": "watched words", "hold_reasons.outcome": "hold", "house_rules.anchor": "be-kind",
    "house_rules.language": "en", "idempotency_keys": None, "invitations.email": "a@example.org",
    "invitations.email_key": "a@example.org", "invitations.right": "editor", "invitations.state": "open",
    "invitations.token_hash": "0", "letters.headers": {}, "letters.message_id": "<1@example.org>",
    "letters.state": "waiting", "letters.to_address": "a@example.org", "link_card_uses.holder": "comment",
    "link_cards.url": "https://example.org/", "log_lines.action": "remove", "log_lines.ground": "argue-the-case",
    "log_lines.hash": "1", "log_lines.lane": "reports", "log_lines.nonce": "1", "log_lines.previous_hash": "0",
    "log_lines.scope": "site", "log_lines.seal": "1", "log_lines.subject_type": "comment",
    "mail_preferences.digest": "daily", "mail_tokens": None, "member_beginnings": None,
    "member_sessions.token_hash": "0", "members.email": None, "members.email_key": None, "members.face": "",
    "members.import_key": None, "members.interface_language": "en", "members.languages": ["en"],
    "members.password_hash": None, "members.role": "member", "members.state": "active", "members.username": "a",
    "members.username_key": "a", "membership_proofs.challenge": "1", "membership_proofs.code_hash": "",
    "membership_proofs.method": "letter", "membership_proofs.state": "waiting", "membership_requests.kind": "claim",
    "membership_requests.stage": "submitted", "notices.language": "en", "notices.reference": "1234-5678",
    "notices.subject_type": "comment", "notification_choices.channel": "mail", "notification_choices.kind": "reply",
    "notifications.address": "/", "notifications.channel": "mail", "notifications.kind": "invitation",
    "notifications.source": "invitation:1", "notifications.thread": "invitation:1",
    "organisation_addresses.slug": "old", "organisation_beginnings": None, "organisations.approval_policy": "nobody",
    "organisations.code": "AA", "organisations.country": "NL", "organisations.domain": "",
    "organisations.import_key": None, "organisations.kind": "city", "organisations.logo": "",
    "organisations.slug": "a", "organisations.state": "verified", "outbox_deliveries.listener": "a",
    "outbox_deliveries.state": "parked", "outbox_events.name": "PostPublished", "outbox_events.payload": {},
    "page_versions": None, "periodic_jobs.error": "", "periodic_jobs.name": "a", "post_addresses.slug": "old",
    "posts.comment_mode": "open", "posts.image": "", "posts.import_key": None, "posts.kind": "article",
    "posts.language": "en", "posts.link": "", "posts.publish_zone": "UTC", "posts.slug": "a",
    "posts.state": "published", "posts.time_zone": "UTC", "recovery_codes": None, "reports.outcome": "",
    "reports.reason": "rude", "reports.subject_type": "comment", "retired_names": None,
    "review_items.lane": "reports", "review_items.opened_by": "member", "review_items.reason": "rude",
    "review_items.scope": "site", "review_items.state": "open", "review_items.subject_type": "comment",
    "search_changes": None, "second_factors.credential_id": "a", "second_factors.kind": "app",
    "second_factors.public_key": "", "second_factors.secret": "", "second_steps": None,
    "setting_changes.name": "site_name", "settings": None,
    "statements_of_reasons.automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    "statements_of_reasons.automated_detection": "No", "statements_of_reasons.category": "STATEMENT_CATEGORY_OTHER",
    "statements_of_reasons.content_language": "EN", "statements_of_reasons.content_type": "CONTENT_TYPE_TEXT",
    "statements_of_reasons.decision_account": "", "statements_of_reasons.decision_ground": "",
    "statements_of_reasons.decision_ground_reference_url": "", "statements_of_reasons.decision_visibility": "",
    "statements_of_reasons.puid": "1", "statements_of_reasons.source_type": "SOURCE_VOLUNTARY",
    "statements_of_reasons.territorial_scope": "", "throttles": None, "topic_addresses.slug": "old",
    "topics.posting_policy": "open", "topics.sign": "blue", "topics.slug": "a", "topics.state": "open",
    "trust_changes.why": "earned", "watched_words.outcome": "hold",
}  # fmt: skip

# Typed words inside of JSON, and words that are kept as a setting had them.
NESTED: dict[str, Callable[[str], object]] = {
    "drafts.fields": lambda words: {"title": words, "standfirst": words, "body": words, "kind": "article"},
    "membership_requests.talk": lambda words: [{"by": "moderator", "words": words, "at": "2026-01-01T00:00:00+00:00"}],
    "membership_requests.wanted": lambda words: {"name": words, "title": words, "city": words, "right": "editor"},
    "membership_requests.words": lambda words: words,
    "setting_changes.new": lambda words: words,
    "setting_changes.old": lambda words: words,
}
