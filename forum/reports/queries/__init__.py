"""Reads of reports."""

from forum.reports.queries.own import find_own, get_own, get_report_page
from forum.reports.queries.weight import open_score, reports_of_item, score_of

__all__ = ["find_own", "get_own", "get_report_page", "open_score", "reports_of_item", "score_of"]
