"""The parts a server is made of, each in its own process; and what is done when they have ended."""

import resource
import sys
from pathlib import Path

from peerwork.site import options
from peerwork.site.cli import plainly
from peerwork.site.family import leave_with_parent

# Five thousand who listen to a live stream (ground/live), and those who ask for a page meanwhile.
MOST_CONNECTIONS = 6000


def prepare(*, demo: bool) -> None:
    """Tables and static files up to date. Static files are collected again only when one of them changed."""
    from peerwork.site.commands.house import open_house

    open_house()
    from django.conf import settings
    from django.core.management import call_command

    stamp, made_from = settings.STATIC_ROOT / ".made-from", _static_state(settings.STATICFILES_DIRS)
    if not stamp.exists() or stamp.read_text() != made_from:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(made_from)
    if demo:
        from peerwork.site.demo import demo_network

        demo_network.make_once()


def _static_state(folders: list[Path]) -> str:
    files = sorted(path for folder in folders for path in Path(folder).rglob("*") if path.is_file())
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def web() -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    chosen = options.read()
    _may_hold(MOST_CONNECTIONS)
    Server(
        "peerwork.site.asgi:application",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        workers=1,
        backpressure=MOST_CONNECTIONS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=10,
    ).serve()


def _may_hold(connections: int) -> None:
    """Each connection is an open file, and a process may have fewer than that unless it asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 1000
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def jobs() -> None:
    from peerwork.site.commands.house import wake

    wake()
    from django.core.management import call_command

    call_command("ox_worker", interval=5.0, verbosity=0)


def relay() -> None:
    from peerwork.site import relaying

    relaying.become(options.read())


def before_rest() -> None:
    """Before the machine may go down: what waits in memory, where enough waits that each is one of many."""
    from peerwork.site.commands.house import wake

    wake()
    from peerwork.site import voices

    voices.write_down_before_resting()


PARTS = {"web": web, "jobs": jobs, "relay": relay, "before_rest": before_rest}

if __name__ == "__main__":
    part, *rest = sys.argv[1:]
    if part == "prepare":
        raise SystemExit(plainly(lambda: prepare(demo="--demo" in rest)))
    leave_with_parent()
    raise SystemExit(plainly(PARTS[part]))
