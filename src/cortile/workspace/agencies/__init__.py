"""Staff pages about agencies."""
