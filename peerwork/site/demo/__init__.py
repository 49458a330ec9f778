"""A made-up network to look around in."""
