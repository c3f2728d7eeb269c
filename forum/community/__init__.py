"""Whole communities: reading community files, and making synthetic ones for measurements."""
