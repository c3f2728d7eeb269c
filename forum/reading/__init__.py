"""Reading: how far a member got in each discussion. No log is kept of what they read."""
