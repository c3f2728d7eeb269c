"""Organisations, the people who speak for them, and the byline that shows it."""
