"""Sealed letters between people who chose each other, and what one shows another on purpose."""
