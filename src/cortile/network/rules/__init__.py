"""Pure decisions of the room: what may be said at a table, what may be counted, what is missing. No Django, no database."""
