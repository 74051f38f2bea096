"""One request, followed and closed with the tenant's word."""
