"""One command that serves: the web, the jobs, and the relay of voices, each kept running, none left behind.

A small supervisor without Django. It brings the tables and the static files up to date, starts its
children, and starts a child again with a growing pause when it ends by itself. SIGTERM lets both finish.
Every process is tied to the one above it (PR_SET_PDEATHSIG), so that not even kill -9 leaves an orphan.
"""

import errno
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from peerwork.site import journal, options
from peerwork.site.alone import alone
from peerwork.site.cli import Refused
from peerwork.site.family import die_with_parent

LONGEST_PAUSE = 30.0
# A child that ran this long was well: its next pause starts small again.
RAN_WELL = 60.0
DRAIN = 20.0
# A server that was killed a moment ago still has its port for as long as the kernel needs.
LEAVES_ITS_PORT = 3.0


@dataclass
class Child:
    """One process to keep running. `pause` is how long to wait before the next start, in seconds."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.5
    due: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, preexec_fn=die_with_parent)  # noqa: PLW1509, S603
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start it when it is due; when it has ended, decide when the next start is."""
        if self.process is None and time.monotonic() >= self.due:
            self.start()
        elif self.process is not None and self.process.poll() is not None:
            ran = time.monotonic() - self.started
            self.pause = 0.5 if ran > RAN_WELL else min(self.pause * 2, LONGEST_PAUSE)
            print(f"{self.name} ended. Starting it again in {self.pause:.0f} s.", file=sys.stderr, flush=True)
            self.process, self.due = None, time.monotonic() + self.pause

    def ask_to_finish(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def end(self, *, within: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(within, 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(*, demo: bool = False) -> int:
    """Serve until asked to stop. Raises Refused where the port or the data folder is taken."""
    chosen = options.read()
    options.prepare_folder(chosen.data)
    with alone(chosen.data):
        _wait_for_the_port(chosen)
        _prepare(demo=demo)
        parts = ("web", "jobs", "relay") if chosen.relays_here else ("web", "jobs")
        children = [Child(part, _python(part)) for part in parts]
        _run(children, chosen, demo=demo)
        subprocess.run(_python("before_rest"), check=False)  # noqa: S603 — our own command
        _empty_the_journal(chosen)
    return 0


def _wait_for_the_port(chosen: options.Options) -> None:
    """Raises Refused where another program listens. The web server alone would share the port with it:
    then half the people of one network would knock at the other's door."""
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    until = time.monotonic() + LEAVES_ITS_PORT
    while True:
        try:
            socket.create_server((chosen.host, chosen.port), family=family, reuse_port=False).close()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Refused(
                    f"We cannot listen on {chosen.host}, port {chosen.port}: {error.strerror}."
                ) from error
            if time.monotonic() > until:
                raise Refused(
                    f"Something else listens on port {chosen.port} already. Choose another with --port."
                ) from error
            time.sleep(0.1)
        else:
            return


def _empty_the_journal(chosen: options.Options) -> None:
    """After a clean stop the database is one file, and what was forgotten stands nowhere beside it."""
    try:
        if chosen.database.exists():
            journal.empty(chosen.database)
    except sqlite3.DatabaseError as error:
        print(f"The journal could not be emptied: {error.sqlite_errorname}.", file=sys.stderr)


def _python(part: str) -> list[str]:
    return [sys.executable, "-m", "peerwork.site.parts", part]


def _prepare(*, demo: bool) -> None:
    command = [*_python("prepare"), *(["--demo"] if demo else [])]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 — our own command
        raise Refused("The tables could not be brought up to date. Nothing was started.")


def _run(children: list[Child], chosen: options.Options, *, demo: bool) -> None:
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    _tell(chosen, demo=demo)
    while not stopping:
        for child in children:
            child.look_after()
        time.sleep(0.1)
    for child in children:
        child.ask_to_finish()
    until = time.monotonic() + DRAIN
    for child in children:
        child.end(within=until - time.monotonic())


def _tell(chosen: options.Options, *, demo: bool) -> None:
    print(f"Peerwork is at {chosen.own_address}", flush=True)
    if demo and chosen.card.exists():
        print(chosen.card.read_text(), flush=True)
    elif not chosen.database.exists():
        print("No network yet. In another window: peerwork setup", flush=True)
