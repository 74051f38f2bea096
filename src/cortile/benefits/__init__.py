"""Contributions: rules, calls, applications, envelopes and payments."""
