"""The shift and the records: signing in, the list, one record, the calendar."""
