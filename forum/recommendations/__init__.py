"""Recommendations: one member, one text, once."""
