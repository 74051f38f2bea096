"""Calls, as the office that writes them sees them."""
