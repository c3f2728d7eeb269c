"""What house rules hold about a member."""

from __future__ import annotations

from forum.kernel.personal import Fate, Part, Rows
from forum.rules.models import RuleEdition

PART = Part((Rows(RuleEdition.made_by_id, Fate.STAYS, why="an administrator's act; the edition is the site's"),))
