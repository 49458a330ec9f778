"""Other processes that keep slips: one until it is killed, and one against another like it.

Run as `python -m peerwork.ground.postbox.tests.writers FOLDER ROUND keep_on START`, or `… race NAME`.
"""

import hashlib
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace


def marks(how_many, start=0):
    return [hashlib.sha256(b"%d" % number).hexdigest() for number in range(start, start + how_many)]


def keep_on(staging, round_id, start):
    """Each mark is said before it is kept, so that whoever reads knows which one was on its way."""
    for mark in marks(100_000, int(start)):
        say(mark)
        staging.keep(round_id, mark, mark.encode() * 20)
        say("kept")


def race(staging, round_id, name):
    """Keep the same three hundred as somebody else, in words of one's own. Says those that were won."""
    for mark in marks(300):
        with suppress(staging.Spent):
            staging.keep(round_id, mark, name.encode())
            say(mark)


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main():
    folder, round_id, what, how = sys.argv[1:]
    from django.conf import settings

    settings.configure(OPTIONS=SimpleNamespace(memory=Path(folder)))
    from peerwork.ground.postbox import staging

    {"keep_on": keep_on, "race": race}[what](staging, round_id, how)


if __name__ == "__main__":
    main()
