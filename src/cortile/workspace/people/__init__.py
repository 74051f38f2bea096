"""Staff pages about people."""
