"""The desk of who works in the association (S14)."""
