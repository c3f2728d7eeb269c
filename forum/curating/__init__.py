"""Curating: what moderators and a topic's curators do so that readers find the best first. Logged, and undoable."""
