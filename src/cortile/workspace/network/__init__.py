"""S18: the network of a quarter, its tables and what they decided. No tenant's request is opened from here."""
