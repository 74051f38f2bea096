"""Tests of the texts, what leaves and the paper."""
