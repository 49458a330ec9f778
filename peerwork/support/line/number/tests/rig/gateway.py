"""The real gateway, on loopback. Its first line says who is on duty and where they are rung; it tells what there is."""

import asyncio
import base64
import json
import logging
import os
import sys
from pathlib import Path

import django


def at_the_real_switchboard(said):
    """A network with these people on duty since an hour ago, and the desk the command uses."""
    from datetime import UTC, datetime

    from django.conf import settings
    from django.core.management import call_command

    from peerwork.people.members import network, persons
    from peerwork.people.members.models import Person
    from peerwork.people.vault.tests.rings import given
    from peerwork.support.line.number.at_the_switchboard import Switchboard
    from peerwork.support.line.roster.tests.nights import a_shift

    settings.OPTIONS.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    network.found(
        name="Kerbside", public_name="Corner", time_zone="Australia/Melbourne", meeting_word="Catch-up"
    )
    names = {}
    for name in said["duty"]:
        person = Person.objects.create(name=name, door_round=persons.new_round())
        persons.wear(person, {"peer", "supporter"})
        given(person)
        a_shift(first=person, in_hours=-1, hours=5, since=datetime.now(UTC))
        names[name] = str(person.pk)
    return Switchboard(), names


def calls_of(desk):
    """Read beside the gateway, as another process would."""
    from peerwork.support.line.number.tests.rig.engine_desk import EngineDesk

    if isinstance(desk, EngineDesk):
        return desk.board.calls.values()
    from peerwork.support.line.switchboard import board, store

    return board.read(store.opened()).calls.values()


def write_down_what_is_logged():
    """Of everything: whatever names somebody would be seen."""
    logging.basicConfig(level=logging.INFO, force=True)
    for name in ("asyncio", "baresip"):
        logger = logging.getLogger(name)
        logger.disabled = False
        logger.setLevel(logging.DEBUG)


def answer_questions(desk):
    from peerwork.support.line.engine.words import HandedOver
    from peerwork.support.line.number import dials, store
    from peerwork.support.line.number.tests.rig.phone import tell

    def dial(asked):
        dials.allow("a call", asked["number"], token := dials.new_token())
        dials.ask("a call", by=asked["by"], number=asked["number"], token=token)

    def hand(asked):
        (call,) = desk.board.calls
        desk._happens(HandedOver(call, asked["by"]))

    def go_on(_asked):
        desk.may_go_on.set()

    verbs = {"dial": dial, "hand": hand, "go_on": go_on}
    while line := sys.stdin.readline():
        asked = json.loads(line)
        verbs.get(asked["do"], lambda _asked: None)(asked)
        with store.opened() as memory:
            messages = [
                base64.b64encode(one).decode() for (one,) in memory.execute("SELECT sealed FROM messages")
            ]
            held = memory.execute("SELECT count(*) FROM legs").fetchone()[0]
        calls = [[call.state, call.by, call.end] for call in calls_of(desk)]
        tell(calls=calls, messages=messages, held=held)
    os.kill(os.getpid(), 15)


def main():
    django.setup()
    from peerwork.support.line.number import chosen, phones
    from peerwork.support.line.number.flow import Opens
    from peerwork.support.line.number.gateway import dialling, running
    from peerwork.support.line.number.tests.rig.engine_desk import EngineDesk
    from peerwork.support.line.number.tests.rig.phone import free_port, tell
    from peerwork.support.line.switchboard import clock

    said = json.loads(sys.stdin.readline())
    # Nobody waits here for a telephone to ring out.
    dialling.LONGEST = 3600
    if said["real"]:
        desk, names = at_the_real_switchboard(said)
    else:
        names = {name: name for name in said["duty"]}
        desk = EngineDesk(
            said["duty"],
            keys=list(filter(None, [said["key"]])),
            opens=Opens(said["opens"]),
            ring=said["ring"],
            patience=said["patience"],
            trouble=said["trouble"],
        )
    for name, at in said["phones"].items():
        phones.ring_at(names[name], at, until=clock.now() + 3600)
    port = free_port()
    trunk = chosen.Trunk(
        said["tls"].get("domain", f"127.0.0.1:{port}"),
        "line",
        transport="tls" if said["tls"] else "udp",
        authorities=said["tls"].get("authorities", chosen.Trunk.authorities),
        listen=f"127.0.0.1:{port}",
        srtp=said["srtp"],
        registers=bool(said["registrar"] or said["tls"]),
        registrar=said.get("registrar") or "",
        password=said.get("password", ""),
    )

    async def both():
        asyncio.get_running_loop().run_in_executor(None, answer_questions, desk)
        try:
            await running.run(chosen.Chosen(trunk=trunk, recordings=Path(said["recordings"])), desk, is_open)
        except chosen.NumberUnclear as unclear:
            tell(refused=str(unclear))

    def is_open():
        tell(ready=f"sip:line@127.0.0.1:{port}")

    write_down_what_is_logged()
    asyncio.run(both())


if __name__ == "__main__":
    main()
