"""The protected lane: an association's own instance. It imports the kit alone, and nothing of the house imports it."""
