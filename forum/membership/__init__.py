"""Membership: how an organisation becomes known here, and how people come to speak for it."""
