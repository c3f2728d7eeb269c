"""Words that aren't sent yet, kept in their author's account."""
