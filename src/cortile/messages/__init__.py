"""Texts in every language, delivery, discreet mode, what was sent to whom, and the paper twin."""
