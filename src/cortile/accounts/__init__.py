"""Read-only mirror of the landlord's rent accounts (lane ``economic``), and the registry import."""
