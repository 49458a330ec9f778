"""The only door by which a number leaves."""
