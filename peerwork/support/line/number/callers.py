"""The number of whoever rings, or keys one in: whether it is one that can be rung back."""

import re

NUMBER = re.compile(r"\+?[0-9]{6,15}")
# What a company says of whoever hides theirs, in the letters of a telephone's keys: anonymous, restricted, blocked,
# unknown, unavailable. Nobody can be rung there.
HIDDEN = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})


def number(said: str) -> str:
    """Empty: there is none."""
    return said if NUMBER.fullmatch(said) and said not in HIDDEN else ""
