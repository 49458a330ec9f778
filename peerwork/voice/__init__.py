"""Peers steer: themes, consultation, strategy, the advisory group, the library."""
