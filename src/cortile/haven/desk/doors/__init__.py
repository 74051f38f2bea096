"""What the association publishes: doors, half hours, offers, its page of limits."""
