"""A bare Django page to measure against: one view, one template, thirty rows, five questions, signed in."""
