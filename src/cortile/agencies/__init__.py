"""Bodies, territorial offices, teams, staff and roles; the policy table; staff sign-in."""
