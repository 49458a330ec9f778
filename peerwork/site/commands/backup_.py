import argparse
from pathlib import Path

from peerwork.site.cli import Refused
from peerwork.site.commands.house import open_house


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="where to write it")
    parser.add_argument(
        "--make-key", metavar="FILE", type=Path, help="make a key for a board member, and stop"
    )


def run(said: argparse.Namespace) -> int:
    from peerwork.site import backups

    if said.make_key:
        public = backups.make_key(said.make_key)
        print(f"The key is in {said.make_key}. Take it off this machine; keep it on paper or on a stick.")
        print(f"Set this on the server:  PEERWORK_BACKUP_KEYS={public}")
        return 0
    if said.file is None:
        raise Refused("Say where to write it: peerwork backup FILE")
    open_house()
    size = backups.write(said.file)
    print(f"{said.file}: {size} bytes. Only the board's keys open it.")
    return 0
