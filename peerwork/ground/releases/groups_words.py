"""The codes a picture of groups is written in. A page says them in the language of whoever reads it."""

SPLIT = "of several minds"
# Bands of fifths, from the largest on.
SHARES = ("nearly all", "most", "about half", "few", "hardly any")
# From the strongest on. "Most" is three in five or more, "nearly all" four in five or more.
STANCES = ("nearly all agree", "nearly all disagree", "most agree", "most disagree", SPLIT)
