"""Tests of the protected lane, with its own settings and cluster."""
