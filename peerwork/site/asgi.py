"""What the web server runs: live streams on the event loop, and everything else in threads beside it."""

import signal
from typing import Any

from django.conf import settings

from peerwork.ground.live.hub import the_hub
from peerwork.ground.live.stream import Receive, Said, Send, live
from peerwork.site.threads import InThreads
from peerwork.site.wsgi import application as pages
from peerwork.support.line.switchboard import bells, ticking

the_hub.path = settings.OPTIONS.memory / "line.db"
in_threads = InThreads(pages, settings.OPTIONS.threads)


async def application(scope: Said, receive: Receive, send: Send) -> None:
    # The server's own awaitables are no coroutines, and asyncio takes nothing else for a task.
    async def received() -> Said:
        return await receive()

    if scope["type"] == "lifespan":
        await _live_and_rest(received, send)
    elif scope["path"].startswith("/live/"):
        await live(the_hub, scope, received, send)
    else:
        await in_threads(scope, received, send)


async def _live_and_rest(receive: Receive, send: Send) -> None:
    await receive()
    _end_streams_when_asked_to_stop()
    bells.begin()
    ticks = ticking.begin()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    ticks.set()
    await send({"type": "lifespan.shutdown.complete"})


def _end_streams_when_asked_to_stop() -> None:
    """The server waits for every answer before it stops, and a stream has no end of its own.

    The server's handler hangs on the loop, and is called after ours as before.
    """

    def stop(_number: int, _frame: Any) -> None:
        the_hub.close()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
