"""What the work itself says: one page of the month."""
