"""Topics: the subjects under which posts are found."""
