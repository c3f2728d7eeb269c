"""Following: what a member wants to hear of, and what they don't."""
