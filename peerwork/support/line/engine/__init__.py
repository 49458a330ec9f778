"""Who is rung next, and what becomes of everybody who asks. Pure: no clock, no table, no person by name."""
