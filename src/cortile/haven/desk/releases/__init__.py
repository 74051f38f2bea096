"""The counts that leave: a quarter at a time, by whoever leads the association."""
