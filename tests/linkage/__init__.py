"""Somebody takes the machine and tries to say who said what. See tests/test_linkage.py."""
