"""Cortile: one courtyard, every door, and an answer by a date."""
