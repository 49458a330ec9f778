"""The one place that knows baresip: an exchange that is rung, and rings. Everything else knows legs.

baresip's own log names who rings, so it is shut before anything else; nothing of a call is ever logged here.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from importlib.util import find_spec
from typing import Any

from peerwork.support.line.number.chosen import NumberUnclear, Trunk
from peerwork.support.line.number.gateway.legs import Leg

# Plain telephone sound, 8000 samples a second: nothing to choose, and nothing to convert.
CODECS = ("pcmu", "pcma")
# How long sound is kept back so that it runs evenly: as little as the line allows, in thousandths of a second.
EVEN = "audio_jitter_buffer_type adaptive\naudio_jitter_buffer_ms 20-200\naudio_buffer 20-100"
# Somebody who vanished without a word is gone after this, in seconds.
VANISHED = 20


def is_there() -> bool:
    return find_spec("baresip") is not None


class NotReached(Exception):
    """Nobody answered there: busy, declined, wrong, or the trunk is down."""


class Exchange:
    """Opened once in a process: the SIP stack is its own whole world."""

    def __init__(self, trunk: Trunk, on_ring: Callable[[Leg], None]) -> None:
        self.trunk, self.on_ring = trunk, on_ring
        self.legs: set[Leg] = set()
        self.callers: set[Leg] = set()
        self._tasks: set[asyncio.Future[None]] = set()

    async def open(self) -> None:
        """Raises NumberUnclear in a sentence where the trunk will not have us."""
        _shut_its_log()
        import baresip  # noqa: PLC0415 — an extra: whoever has no number has none

        self.runtime = baresip.Runtime(native_log_level="error")
        host = self.trunk.listen.rpartition(":")[0]
        await self.runtime.start(
            baresip.Config(
                net_interface=host if host not in {"", "0.0.0.0", "[::]"} else None,  # noqa: S104
                max_concurrent_calls=self.trunk.most * 2,
                rtp_timeout=VANISHED,
                native_log_level="error",
                extra_config_text=self._more(),
            )
        )
        self.agent = await baresip.UserAgent.create(self.runtime, self._account(), transfer_policy="reject")
        self.agent.on_incoming(self._rung)
        if self.trunk.registers:
            await self._register()

    def _more(self) -> str:
        """Lines for baresip. It believes any certificate, unless it is told who may vouch for one."""
        lines = [EVEN, "sip_verify_server yes", f"sip_cafile {self.trunk.authorities}"]
        return "\n".join([*lines, *([f"sip_listen {self.trunk.listen}"] if self.trunk.listen else []), ""])

    def _account(self):
        import baresip  # noqa: PLC0415

        trunk = self.trunk
        return baresip.Account(
            user=trunk.user,
            domain=trunk.domain,
            password=trunk.password,
            registrar=trunk.registrar or None,
            reg_interval=600 if trunk.registers else 0,
            transport=trunk.transport,  # type: ignore[arg-type]
            audio_codecs=CODECS,
            extra_params=("mediaenc=srtp-mand",) if trunk.srtp else (),
        )

    async def _register(self) -> None:
        import baresip  # noqa: PLC0415

        try:
            await self.agent.register()
        except baresip.RegistrationError as error:
            await self.runtime.close()
            raise NumberUnclear(
                f"The trunk at {self.trunk.domain} does not take us: {error.reason}"
            ) from error

    def _rung(self, call) -> None:
        """The line is full: whoever rings hears the tone of a busy line, at once."""
        if len(self.callers) >= self.trunk.most:
            self.later(call.reject())
            return
        leg = self._leg(call)
        self.callers.add(leg)
        self.on_ring(leg)

    async def dial(self, address: str, *, within: float) -> Leg:
        """Somebody picked up. Raises NotReached. Given up, it stops ringing there."""
        import baresip  # noqa: PLC0415

        calling = asyncio.ensure_future(self.agent.dial(self._full(address)))
        try:
            leg = self._leg(await asyncio.shield(calling))
            await leg.call.wait_established(within)
        except (baresip.BaresipError, ValueError) as error:
            raise NotReached from error
        except asyncio.CancelledError:
            self.later(_given_up(calling))
            raise
        return leg

    async def close(self) -> None:
        for leg in list(self.legs):
            await leg.hang_up()
        await self.runtime.close()

    def _full(self, address: str) -> str:
        return address if address.startswith("sip") else f"sip:{address}@{self.trunk.domain}"

    def _leg(self, call) -> Leg:
        leg = Leg(call)
        self.legs.add(leg)
        leg.on_gone = lambda: self._forget(leg)
        return leg

    def _forget(self, leg: Leg) -> None:
        self.legs.discard(leg)
        self.callers.discard(leg)

    def later(self, doing: Coroutine[Any, Any, None]) -> None:
        """Done in its own time; what fails then is nobody's."""

        async def quietly() -> None:
            with contextlib.suppress(Exception):
                await doing

        task = asyncio.ensure_future(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _given_up(calling: asyncio.Future[Any]) -> None:
    """Also where it was given up before there was anything to hang up."""
    await (await calling).hangup()


def _shut_its_log() -> None:
    log = logging.getLogger("baresip")
    log.handlers, log.propagate = [logging.NullHandler()], False
    log.setLevel(logging.CRITICAL + 1)
