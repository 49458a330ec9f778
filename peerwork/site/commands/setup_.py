import argparse

from peerwork.site.cli import Refused
from peerwork.site.commands.house import open_house

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
    open_house()
    from peerwork.people.members import invitations, network
    from peerwork.people.rules import Hat
    from peerwork.site.commands.invite_ import tell

    try:
        answers = {name: getattr(said, name) or _ask(says) for name, says in QUESTIONS}
        network.found(**answers, meeting_word=said.meeting_word)
    except network.AlreadyFounded as error:
        raise Refused(
            "This server has its network already. To invite somebody: peerwork invite --role coordinator"
        ) from error
    except ValueError as error:
        raise Refused(
            f"No clock is called {error}. Try one such as Australia/Melbourne or Europe/Amsterdam."
        ) from error
    paper = invitations.write(roles=[Hat.COORDINATOR, Hat.PEER])
    tell(paper, as_json=said.json)
    return 0


def _ask(says: str) -> str:
    try:
        answer = input(f"{says}: ").strip()
    except EOFError:
        answer = ""
    if not answer:
        raise Refused(f"This is needed: {says}.")
    return answer
