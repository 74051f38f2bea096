"""An application filled in with its person in front: the tenant's own questions, on one page."""
