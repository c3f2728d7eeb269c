"""Screens composed of several features."""
