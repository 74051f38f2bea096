"""The tenants' door."""
