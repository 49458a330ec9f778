"""Bringing in the list of people a coordinator holds: each row becomes a paper, not a person.

The name in the list is printed on its paper, so that the right hand gets it, and kept nowhere: people
choose their own names when they come in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from peerwork.ground.intake import sheets
from peerwork.ground.intake.readings import Problem, Reading
from peerwork.people.members import invitations
from peerwork.people.members.invitations import Paper
from peerwork.people.rules import Hat
from peerwork.people.workplaces import workplaces

COLUMNS = {
    "name": ("name", "person", "who", "chosen name", "first name", "contact"),
    "roles": ("roles", "role", "what they do", "position", "job"),
    "workplace": (
        "workplace",
        "organisation",
        "organization",
        "employer",
        "service",
        "site",
        "agency",
        "where",
    ),
}
# What coordinators write, and the role it means here.
SPOKEN = {
    "peer": Hat.PEER, "peer worker": Hat.PEER, "hrpw": Hat.PEER, "peer support worker": Hat.PEER,
    "peer elsewhere": Hat.PEER_ELSEWHERE, "non-designated": Hat.PEER_ELSEWHERE, "lived experience": Hat.PEER_ELSEWHERE,
    "supporter": Hat.SUPPORTER, "answers the line": Hat.SUPPORTER, "supervisor": Hat.SUPERVISOR,
    "peer supervisor": Hat.SUPERVISOR, "mentor": Hat.MENTOR, "facilitator": Hat.FACILITATOR, "trainer": Hat.TRAINER,
    "coordinator": Hat.COORDINATOR, "manager": Hat.MANAGER, "team leader": Hat.MANAGER, "manages staff": Hat.MANAGER,
    "advisory": Hat.ADVISER, "adviser": Hat.ADVISER, "advisory group member": Hat.ADVISER, "co-chair": Hat.CO_CHAIR,
    "chair": Hat.CO_CHAIR, "funder": Hat.FUNDER,
}  # fmt: skip
SPOKEN |= {hat.value: hat for hat in Hat}


@dataclass(frozen=True)
class Wanted:
    """One row: a paper for these roles at that workplace. `label` goes on paper only."""

    line: int
    label: str
    roles: tuple[str, ...]
    workplace: str


def read(name: str, content: bytes) -> Reading[Wanted]:
    """Raises CannotRead for a file that is no list. A row with a role nobody knows is left out, by line."""
    rows = sheets.read(name, content, columns=COLUMNS, needed=frozenset({"roles"}))
    wanted, problems = [], list(rows.problems)
    for row in rows.entries:
        roles, unknown = _roles(str(row.cells.get("roles", "")))
        if unknown or not roles:
            problems.append(_left_out(row.line, unknown))
        else:
            wanted.append(Wanted(row.line, _words(row, "name"), roles, _words(row, "workplace")))
    return Reading(tuple(wanted), tuple(sorted(problems, key=lambda problem: problem.line or 0)))


@transaction.atomic
def write_papers(wanted: Iterable[Wanted]) -> list[tuple[str, Paper]]:
    """One paper for each row, all or none, with the label that goes on it."""
    return [(row.label, _paper(row)) for row in wanted]


def _paper(row: Wanted) -> Paper:
    workplace = workplaces.put_on_the_list(row.workplace) if row.workplace else None
    return invitations.write(roles=list(row.roles), workplace=workplace)


def _roles(text: str) -> tuple[tuple[str, ...], str]:
    """The roles a cell names, and the first word of it that means none."""
    spoken = (" ".join(word.split()) for word in re.split(r"[,;/&+\n]|\band\b", text.lower()))
    named = [word for word in spoken if word]
    unknown = next((word for word in named if word not in SPOKEN), "")
    return tuple(sorted({SPOKEN[word].value for word in named if word in SPOKEN})), unknown


def _left_out(line: int, unknown: str) -> Problem:
    if unknown:
        return Problem(
            line, _("“%(word)s” is no role we know. This row was left out.") % {"word": unknown}, stops=True
        )
    return Problem(line, _("This row names no role. It was left out."), stops=True)


def _words(row: sheets.Row, key: str) -> str:
    return " ".join(str(row.cells.get(key) or "").split())[:80]
