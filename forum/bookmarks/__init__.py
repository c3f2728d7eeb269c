"""Bookmarks: what a member keeps for later, with a note and perhaps a reminder. Nobody else sees them."""
