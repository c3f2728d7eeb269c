"""Automatic holds: small named checks that look at a text before its transaction ends."""
