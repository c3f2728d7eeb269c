"""Comments: threads of any size under a post."""
