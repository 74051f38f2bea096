"""PDND, the national platform that says which administration is calling: its vouchers, read against its own keys."""
