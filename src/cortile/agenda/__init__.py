"""Appointments with a place, and pop-up presidi."""
