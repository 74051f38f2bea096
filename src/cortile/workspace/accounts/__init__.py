"""Staff pages about accounts."""
