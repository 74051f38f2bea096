"""Where a tenant's request went, what was said of them, and the permission they can take back."""
