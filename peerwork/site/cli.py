"""The command: `peerwork serve`, `setup`, `invite`, `import`, `backup`, `restore`, `seized`.

Each verb is a file in commands/ and is loaded only when it is asked for, so that serving starts fast.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = {
    "serve": "start the web and the night's jobs, and keep them running",
    "setup": "set up the network, and write the first coordinator's paper",
    "invite": "write a paper invitation",
    "import": "bring in a calendar or a list of people",
    "backup": "write a backup only the board's keys can open",
    "restore": "put a backup in place",
    "seized": "say what this server holds, as a thief would find it",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 done, 1 refused with a sentence, 2 not understood."""
    said = _parser().parse_args(argv)
    if said.data:
        os.environ["PEERWORK_DATA"] = said.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerwork.site.settings")
    try:
        return int(said.run(said) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as trouble:
        if getattr(trouble, "is_told_plainly", False) or type(trouble).__name__ in TOLD_PLAINLY:
            print(trouble, file=sys.stderr)
            return 1
        raise


# These say in a sentence what is wrong. Anything else is a fault of ours and shows its trace.
TOLD_PLAINLY = {"SettingsUnclear", "CannotRead", "Refused"}


class Refused(Exception):
    """The command will not do this, and says why in a sentence."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="peerwork", description="The home a harm reduction peer workforce runs for itself."
    )
    parser.add_argument("--data", metavar="DIR", help="the folder that holds everything to keep")
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for name, says in VERBS.items():
        verb = verbs.add_parser(name, help=says, description=says.capitalize() + ".")
        verb.add_argument(
            "--data",
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="the folder that holds everything to keep",
        )
        module = import_module(f"peerwork.site.commands.{name}_")
        module.arguments(verb)
        verb.set_defaults(run=module.run)
    return parser
