"""What we tell INPS of contributions, as the office sees it: what waits for somebody first."""
