"""The forum for machines: Atom feeds, the map of the site and what robots are told."""
