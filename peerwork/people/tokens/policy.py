"""Whose devices draw, and who hands out paper."""

from peerwork.people.rules import Hat, Someone, is_coordinator, is_member, manages_staff

# The word stands in Round.audience. A round is for one of these, and everybody in it draws.
AUDIENCES = {
    "peers": frozenset({Hat.PEER, Hat.PEER_ELSEWHERE}),
    "members": frozenset(Hat) - {Hat.FUNDER},
}

# Tokens for asking the line say nothing: there is nothing to look for on a board, and nothing to print for paper.
SAY_NOTHING = ("line.",)

may_draw = is_member
hands_out_paper = is_coordinator


def is_counted(round_id: str) -> bool:
    """Whether something is answered in this round, and counted."""
    return not round_id.startswith(SAY_NOTHING)


def prints_for(person: Someone, audience: str) -> bool:
    """What peers say goes through no hands that manage staff."""
    return audience != "peers" or not manages_staff(person)


def audiences_of(person: Someone) -> list[str]:
    """The audiences this person belongs to."""
    return [name for name, hats in AUDIENCES.items() if hats & person.hats]
