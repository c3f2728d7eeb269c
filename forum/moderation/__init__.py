"""What waits for a moderator, what was decided, the reasons given and the log of it."""
