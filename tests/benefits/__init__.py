"""Contributions: what they promise, tried."""
