"""Reports: what members flag, how much that weighs, and what they are told."""
