"""Preferences, helpers, and who has read my data."""
