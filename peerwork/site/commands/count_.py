import argparse
import sys

from peerwork.site.commands.house import open_house, the_network


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to say: what is due is due."""


def run(_said: argparse.Namespace) -> int:
    open_house()
    the_network()
    from django.utils.timezone import localdate

    from peerwork.site import voices

    voices.hear(localdate(), _tell)
    print("Nothing more is due.", file=sys.stderr)
    return 0


def _tell(done: int, of: int) -> None:
    """One line that counts up, for whoever looks on."""
    end = "\n" if done == of else ""
    print(f"\r{done} of {of}", end=end, file=sys.stderr, flush=True)
