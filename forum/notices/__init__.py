"""Notices of illegal content, which anybody may send without an account (Digital Services Act, article 16)."""
