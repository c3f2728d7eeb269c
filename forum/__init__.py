"""Kade, a discussion and commenting forum for cities."""
