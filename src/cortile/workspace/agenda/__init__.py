"""Staff pages about agenda."""
