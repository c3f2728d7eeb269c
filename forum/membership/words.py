"""The words for stages, kinds and proofs, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from forum.kernel.errors import Words
from forum.membership.models import Method, ProofState, RequestKind, Stage

KINDS: Mapping[str, Words] = {
    RequestKind.APPLICATION: _("Application"),
    RequestKind.RENAME: _("Change of name, code, kind or domain"),
    RequestKind.RENEWAL: _("Renewal"),
    RequestKind.CLAIM: _("Claim to represent it"),
}
STAGES: Mapping[str, Words] = {
    Stage.DRAFT: _("Draft"),
    Stage.SUBMITTED: _("Waiting for a moderator"),
    Stage.IN_REVIEW: _("A moderator looks at it"),
    Stage.INFORMATION_ASKED: _("Waiting for your answer"),
    Stage.GRANTED: _("Granted"),
    Stage.REJECTED: _("Rejected"),
    Stage.WITHDRAWN: _("Withdrawn"),
}
METHODS: Mapping[str, Words] = {
    Method.MAIL: _("A code mailed to an address at the domain"),
    Method.DNS: _("A record in the domain’s name server"),
    Method.FILE: _("A file on the website"),
    Method.LETTER: _("A signed letter, looked at by a moderator"),
    Method.PARENT: _("The organisation above it started this application"),
}
HOW: Mapping[str, Words] = {
    Method.MAIL: "",
    Method.DNS: _("You get a line for a TXT record. We look for it, now and for seven days."),
    Method.FILE: _("You get a line for a small text file. We look for it, now and for seven days."),
    Method.LETTER: _("You get a reference to write in the letter. This takes longest."),
}
PROOF_STATES: Mapping[str, Words] = {
    ProofState.WAITING: _("Not proven yet"),
    ProofState.PROVEN: _("Proven"),
    ProofState.FAILED: _("Not found in seven days"),
}
PROBLEMS: Mapping[str, Words] = {
    "missing": _("It wasn’t there when we looked. Name servers may need an hour to show a new record."),
    "different": _("Something else stood there. Copy the line below once more, without anything around it."),
    "unreachable": _("The domain didn’t answer when we looked. Check that its website is up and uses https."),
}
FIELDS: Mapping[str, Words] = {
    "name": _("Name"),
    "code": _("Code"),
    "kind": _("Kind"),
    "domain": _("Domain of the website"),
    "right": _("Right"),
    "title": _("Role"),
}
