"""Time goes by for calls: once a second, in a thread of the web process, while there are any."""

import logging
import threading

from django.db import close_old_connections

from peerwork.support.line.switchboard import calls, store

EVERY = 1.0


def begin() -> threading.Event:
    """Set what is returned to make it stop. Several may tick at once: whoever is second finds nothing to do."""
    stop = threading.Event()
    threading.Thread(target=_tick, args=(stop,), name="ticking", daemon=True).start()
    return stop


def _tick(stop: threading.Event) -> None:
    while not stop.wait(EVERY):
        try:
            if store.opened().execute("SELECT EXISTS (SELECT 1 FROM call)").fetchone()[0]:
                calls.tick()
        except Exception as error:  # noqa: BLE001 — the next second tries again; a trace could tell of a call
            logging.getLogger(__name__).error("The line could not go on: %s.", type(error).__name__)  # noqa: TRY400
            close_old_connections()
