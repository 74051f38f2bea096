"""The tenants' door, with Django's client."""
