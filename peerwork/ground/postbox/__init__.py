"""Slips with no sender, and the hints that would give one away."""
