"""Everything said to the person, on any channel."""
