"""The way in: a card and a code."""
