"""The house: what is happening with my things, without a tap."""
