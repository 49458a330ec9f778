"""The command: `peerwork serve`, `setup`, `invite`, `import`, `remove`, `count`, `drill`, `gateway`,
`backup`, `restore`, `seized`.

Each verb is a file in commands/ and is loaded only when it is asked for, so that serving starts fast.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from peerwork.site.reports import chain

VERBS = {
    "serve": "start the web and the night's jobs, and keep them running",
    "setup": "set up the network, and write the first coordinator's paper",
    "invite": "write a paper invitation",
    "import": "bring in a calendar, a list of people, or a set of questions",
    "remove": "take a set of questions out again",
    "count": "write down, close and count what was said without a name, as the night does",
    "drill": "play through what callers get when things are not as they should be",
    "gateway": "answer the number of the line, on a SIP trunk",
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
    return plainly(lambda: said.run(said))


def plainly(work: Callable[[], Any]) -> int:
    """Do it, and return an exit code. What its owner can put right is told in a sentence, without a trace.

    Whatever is written on the way is for its owner alone.
    """
    os.umask(0o077)
    try:
        done = int(work() or 0)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read what we print has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as trouble:
        if says := _in_a_sentence(trouble):
            print(says, file=sys.stderr)
            return 1
        raise
    return done


# These say in a sentence what is wrong. Anything else is a fault of ours and shows its trace.
TOLD_PLAINLY = {"SettingsUnclear", "CannotRead", "Refused"}
# What the disk can do to a database (the names are SQLite's, some with more behind them).
OF_THE_DISK = (
    "SQLITE_FULL",
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_IOERR",
    "SQLITE_NOTADB",
    "SQLITE_CORRUPT",
)


def _in_a_sentence(trouble: Exception) -> str:
    """What is wrong, if that is not a fault of ours: a full disk, a folder where a file should be."""
    if getattr(trouble, "is_told_plainly", False) or type(trouble).__name__ in TOLD_PLAINLY:
        return str(trouble)
    if isinstance(trouble, OSError) and trouble.strerror:
        which = f" ({trouble.filename})" if trouble.filename else ""
        return f"This machine says: {trouble.strerror}{which}."
    for cause in chain(trouble):
        if getattr(cause, "sqlite_errorname", "").startswith(OF_THE_DISK):
            return f"The database says: {cause}."
    return ""


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
