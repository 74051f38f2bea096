"""Tests of the month page."""
