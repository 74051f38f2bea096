"""Who a nurse receives."""
