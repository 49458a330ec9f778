"""Everybody draws the same tokens in their own name, and spends them in nobody's."""
