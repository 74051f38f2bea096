"""Payments of contributions: batches, their signatures, their file, and what came back."""
