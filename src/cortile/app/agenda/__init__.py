"""An appointment, moved or cancelled."""
