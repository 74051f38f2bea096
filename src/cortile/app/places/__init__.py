"""Who can help, where and when."""
