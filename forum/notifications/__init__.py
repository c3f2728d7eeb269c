"""Notifications: who is told of what, on the site and by mail, and how each member wants it."""
