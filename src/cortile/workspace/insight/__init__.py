"""Staff pages about insight."""
