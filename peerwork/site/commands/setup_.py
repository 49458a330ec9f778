import argparse
import sys
from typing import Any
from zoneinfo import available_timezones

from peerwork.site.cli import Refused
from peerwork.site.commands.house import checked, not_the_demo, open_house

QUESTIONS = (
    ("name", "The network's name, as members see it"),
    ("public_name", "A neutral word strangers may see (in titles, on the icon, on papers)"),
    ("time_zone", "The network's clock, such as Australia/Melbourne"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    for name, says in QUESTIONS:
        parser.add_argument(f"--{name.replace('_', '-')}", help=says)
    parser.add_argument("--meeting-word", default="Catch-up", help="what calendars call every gathering")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(said: argparse.Namespace) -> int:
    not_the_demo()
    open_house()
    from peerwork.people.members import invitations, network
    from peerwork.people.rules import Hat
    from peerwork.site.commands.invite_ import tell

    meeting_word = _checked("meeting_word", said.meeting_word)
    answers = {name: _answer(name, says, getattr(said, name)) for name, says in QUESTIONS}
    try:
        network.found(**answers, meeting_word=meeting_word)
    except network.AlreadyFounded as error:
        raise Refused(
            "This server has its network already. To invite somebody: peerwork invite --role coordinator"
        ) from error
    paper = invitations.write(roles=[Hat.COORDINATOR, Hat.PEER])
    tell(paper, as_json=said.json)
    return 0


def _answer(name: str, says: str, said: str | None) -> str:
    """What was said with the command, or the answer to the question: asked again until it can be used."""
    if said:
        return _checked(name, said)
    while True:
        try:
            typed = input(f"{says}: ")
        except EOFError as error:
            raise Refused(f"This is needed: {says}.") from error
        try:
            return _checked(name, typed.strip())
        except Refused as unclear:
            print(unclear, file=sys.stderr)


def _checked(name: str, said: str) -> str:
    """As the page about the network would take it. Raises Refused with what is wrong."""
    from peerwork.people.welcome.forms import NetworkForm

    if name != "time_zone":
        field: Any = NetworkForm.base_fields[name]
        return str(checked(field, said, what=str(field.label)))
    if said not in available_timezones():
        raise Refused(
            f"No clock is called {said[:40]}. Try one such as Australia/Melbourne or Europe/Amsterdam."
        )
    return said
