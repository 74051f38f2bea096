"""Staff pages about the telephone."""
