import argparse
from pathlib import Path

from peerwork.site.commands.house import not_the_demo


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="a board member's key file")
    parser.add_argument("--replace", action="store_true", help="put aside the database that is there now")


def run(said: argparse.Namespace) -> int:
    from peerwork.site import backups

    not_the_demo()
    kept = backups.restore(said.file, key=said.key, replace=said.replace)
    print("The backup is in place. Everybody signs in anew.")
    if kept:
        print(f"What was there before is in {kept}. Delete it when all is well.")
    return 0
