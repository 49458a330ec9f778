"""What each table holds, for how long, and the nightly forgetting."""
