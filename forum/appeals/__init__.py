"""Appeals: somebody else looks at a decision again, for its author or for who reported it."""
