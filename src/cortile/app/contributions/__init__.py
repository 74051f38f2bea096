"""Money tenants may ask for."""
