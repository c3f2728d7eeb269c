"""Reads of what everyone can see."""

from forum.transparency.queries.lines import first_broken, page_of_lines
from forum.transparency.queries.statements import statements_of
from forum.transparency.queries.year import get_year

__all__ = ["first_broken", "get_year", "page_of_lines", "statements_of"]
