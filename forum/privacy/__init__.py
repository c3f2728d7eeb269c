"""One's own data: given, erased, and kept no longer than it has to be. Above every feature that holds some."""
