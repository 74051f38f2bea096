"""The door of machines: what other systems call."""
