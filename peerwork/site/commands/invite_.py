import argparse
import json

from peerwork.site.cli import Refused
from peerwork.site.commands.house import checked, open_house, the_network


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", action="append", required=True, help="a role; say it again for several")
    parser.add_argument("--workplace", default="", help="the workplace the paper names")
    parser.add_argument("--days", type=int, default=28, help="good for so many days")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(said: argparse.Namespace) -> int:
    open_house()
    the_network()
    from peerwork.people.members import invitations
    from peerwork.people.rules import Hat
    from peerwork.people.welcome.forms import InviteForm, WorkplaceForm
    from peerwork.people.workplaces import workplaces

    days = checked(InviteForm.base_fields["days"], said.days, what="--days")
    workplace = None
    if said.workplace:
        name = checked(WorkplaceForm.base_fields["name"], said.workplace, what="--workplace")
        workplace = workplaces.put_on_the_list(name)
    try:
        paper = invitations.write(roles=said.role, workplace=workplace, days=days)
    except ValueError as error:
        raise Refused(
            f"Not a role: {', '.join(sorted(error.args[0]))}. There are: {', '.join(Hat.values)}."
        ) from error
    tell(paper, as_json=said.json)
    return 0


def tell(paper, *, as_json: bool) -> None:
    """Print an invitation, once. The words are kept nowhere."""
    from django.conf import settings

    address = f"{settings.OPTIONS.own_address}/join/"
    until = paper.invitation.expires_on.isoformat()
    if as_json:
        print(
            json.dumps(
                {"words": paper.words, "address": address, "roles": paper.invitation.roles, "until": until}
            )
        )
        return
    print(
        f"\n  {paper.words}\n\n  at {address}\n  good once, until {until}; these words are shown this once\n"
    )
