"""Reads that gather several features into one page."""
