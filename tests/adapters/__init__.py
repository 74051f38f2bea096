"""Adapters against small servers that speak the real protocols."""
