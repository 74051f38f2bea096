"""Staff pages about listening."""
