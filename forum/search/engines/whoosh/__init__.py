"""Whoosh, a search engine in Python: an index in a folder, no server. Its traps are handled here and nowhere else."""
