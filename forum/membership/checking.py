"""Looks for what organisations publish to show that a domain is theirs. The worker's, outside any transaction."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from forum.kernel import outbound
from forum.kernel.db import db, transaction
from forum.membership import commands, policy, queries
from forum.membership.models import Method
from forum.membership.published import line_of, place_of
from forum.membership.queries import DueProof

# At five seconds each at most, within the twenty that a job outside may take.
AT_ONCE = 3
ANY_LINE = line_of("")


def check_due() -> None:
    due = queries.due_proofs(AT_ONCE)
    db.session.rollback()  # no snapshot is held while others think
    for proof in due:
        problem = look(proof)
        with transaction():
            commands.note_look(proof.id, proof.challenge, problem)


def look(proof: DueProof) -> str:
    """Empty when it is there; else a word of words.PROBLEMS."""
    try:
        lines = _records(proof.domain) if proof.method == Method.DNS else _file(proof.domain)
    except (outbound.BadStatus, outbound.NameNotFound):
        return "missing"
    except (outbound.WrongType, outbound.TooLarge):
        return "different"
    except outbound.OutboundError:
        return "unreachable"
    return _judged(lines, line_of(proof.challenge))


def _judged(lines: Iterable[str], wanted: str) -> str:
    found = {line.strip() for line in lines}
    if wanted in found:
        return ""
    return "different" if any(line.startswith(ANY_LINE) for line in found) else "missing"


def _records(domain: str) -> list[str]:
    """At the label, or at the domain itself, where some providers allow no other."""
    return [*outbound.txt_records(place_of(Method.DNS, domain)), *outbound.txt_records(domain)]


def _file(domain: str) -> list[str]:
    """A redirect to another domain would be its word, not this one's."""
    page = outbound.fetch(place_of(Method.FILE, domain), accept=("text/plain",))
    if not policy.is_within(urlsplit(page.url).hostname or "", domain):
        return []
    return page.text.splitlines()
