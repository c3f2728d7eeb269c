"""What an ask means in SQL: a condition and its values."""

from __future__ import annotations

from typing import Any

from forum.search.ask import Ask, Field
from forum.search.engines.postgres.compiling import has_phrase, loosely, query_of

COLUMNS = "key, kind, number, post, at, recommended"
# D, C, B, A: the same proportions as Whoosh's; 1 divides by the logarithm of the length.
RANK = "ts_rank(ARRAY[0.1, 0.3, 0.6, 1.0]::real[], words, CAST(:query AS tsquery), 1)"

# By the index of titles and names alone. The other doesn't know weights: asked for titles it gives every text that has
# the word, and each of them is read for where it stands.
NAMED = "ts_filter(words, '{{a}}') @@ CAST(:{} AS tsquery) AND kind <> 'comment'"

# As queries.seen says it for an engine that isn't in the database.
GONE = """ARRAY(SELECT CASE kind WHEN 'thread' THEN 'p:' || ref WHEN 'of member' THEN 'a:' || ref
    ELSE 'd:' || left(kind, 1) || ref END FROM search_changes WHERE gone)"""


DOCUMENTS = "kade_search.documents"
# The index knows who has a phrase's words, not where they stand: for that each text is read, 20 ms for a thousand.
CANDIDATES = 20_000


def where(ask: Ask) -> tuple[str, str, dict[str, Any]]:
    """Where to look, the condition, and its values."""
    conditions, values = _filters(ask)
    if ask.wanted is None:
        return DOCUMENTS, " AND ".join(conditions), values
    named = ask.field is Field.TITLE
    values["query"] = query_of(ask.wanted, ask.field)
    condition = " AND ".join([NAMED.format("query") if named else "words @@ CAST(:query AS tsquery)", *conditions])
    loose = loosely(ask.wanted) if has_phrase(ask.wanted) and not named else None
    if loose is None:
        return DOCUMENTS, condition, values
    values["loose"] = loose
    candidate = " AND ".join(["words @@ CAST(:loose AS tsquery)", *conditions])
    source = f"(SELECT * FROM {DOCUMENTS} WHERE {candidate} LIMIT {CANDIDATES}) AS candidates"  # noqa: S608  # of our own pieces
    return source, condition, values


def _filters(ask: Ask) -> tuple[list[str], dict[str, Any]]:
    parts = ["(held = '{}' OR held && CAST(:allowed AS text[]))"]
    values: dict[str, Any] = {"allowed": list(ask.seen.allowed)}
    for number, group in enumerate(ask.groups):
        parts.append(f"tags && CAST(:group{number} AS text[])")
        values[f"group{number}"] = sorted(group)
    parts.append(f"NOT tags && {GONE}")
    refused = ask.without | ask.seen.gone
    if refused:
        parts.append("NOT tags && CAST(:refused AS text[])")
        values["refused"] = sorted(refused)
    if ask.since is not None:
        parts.append("at >= :since")
        values["since"] = int(ask.since.timestamp())
    if ask.until is not None:
        parts.append("at < :until")
        values["until"] = int(ask.until.timestamp())
    return parts, values
