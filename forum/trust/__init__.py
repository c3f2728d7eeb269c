"""Trust levels: earned by reading and taking part, computed by the worker, shown to the member."""
