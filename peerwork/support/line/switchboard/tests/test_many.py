"""Many at once: what fifty hands do in one moment, and what two hundred who ask in a minute are told."""

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest

from peerwork.support.line.engine.words import NotNow, State
from peerwork.support.line.switchboard import board, calls, counts, store
from peerwork.support.line.switchboard.tests.stories import answers_what_rings, ends_what_they_have

HOUR = 3600


def at_once(hands, work):
    """So many threads do it in the same moment. Returns what each got, or what stopped it."""
    ready, got = threading.Barrier(hands), []

    def hand(n):
        ready.wait()
        try:
            got.append(work(n))
        except (NotNow, sqlite3.Error) as trouble:
            got.append(trouble)
        finally:
            store.let_go()

    threads = [threading.Thread(target=hand, args=(n,)) for n in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.fixture
def _a_duty_that_stands(monkeypatch, on_call):
    """Read once: threads of a test see nothing of what its own transaction wrote into the main database."""
    from django.utils import timezone

    from peerwork.support.line.roster.duty import on_duty

    there = on_duty(timezone.now(), 1000.0)
    rules = board.rules()
    monkeypatch.setattr(board, "on_duty", lambda _at, _clock: there)
    monkeypatch.setattr(board, "rules", lambda: rules)


@pytest.mark.usefixtures("_a_duty_that_stands")
def test_fifty_hands_take_the_same_call_and_one_has_it(rosa, ask):
    ash, people = ask(), [str(rosa.pk), *(f"somebody else {n}" for n in range(49))]
    got = at_once(50, lambda n: calls.take(ash.call, people[n]))
    assert sum(isinstance(one, calls.Taken) for one in got) == 1
    assert sum(isinstance(one, NotNow) for one in got) == 49


@pytest.mark.usefixtures("_a_duty_that_stands")
def test_fifty_times_asked_with_the_same_box_is_one_call(rosa, ask):
    ash = ask()
    assert set(at_once(50, lambda _n: ash.again())) == {ash.call}


@pytest.mark.usefixtures("_a_duty_that_stands")
def test_fifty_messages_at_once_have_fifty_numbers(rosa, ask):
    ash = ask()
    calls.take(ash.call, str(rosa.pk))
    assert sorted(at_once(50, lambda n: ash.say(f"sealed {n}"))) == list(range(1, 51))


def those_in(asked, *states):
    there = board.read(store.opened()).calls
    return [one for one in asked if one.call in there and there[one.call].state in states]


def test_two_hundred_ask_in_a_minute_and_nobody_is_lost(five, ask, watch):
    """Five are on for eight hours. Half leave a number, and are rung back. Everybody who stays is talked with."""
    chance, asked, told = random.Random(7), [], []  # noqa: S311
    for n in range(200):
        watch.goes(0.3)
        asked.append(ask(back_by=watch.at + 20 * HOUR if n % 2 else None))
        told.append(asked[-1].look())
    assert sum(one.call.state is State.OFFERED for one in told) == 5
    assert all(one.ahead >= 1 for one in told[5:])
    while those_in(asked, State.ASKED, State.OFFERED, State.TAKEN, State.TALKING):
        for one in those_in(asked, State.ASKED, State.OFFERED, State.TAKEN, State.TALKING):
            one.look()
        for person in five:
            if chance.random() < 0.5:
                ends_what_they_have(person)
            answers_what_rings(person)
        watch.goes(10)
        calls.tick()
    owed, ended = len(those_in(asked, State.BACK)), counts.take_all()
    assert {what for what in ended if what.startswith("end.")} == {"end.talked"}
    assert (owed > 0, owed + ended["end.talked"]) == (True, 200)


# A process of its own: asks, and writes down each call that was confirmed.
ASKS = """
import sys, secrets, dataclasses
from pathlib import Path
from peerwork.site.commands.house import wake
wake()
from django.conf import settings
settings.OPTIONS = dataclasses.replace(settings.OPTIONS, memory=Path(sys.argv[1]))
from peerwork.support.line.engine.words import Side, Way, Rules
from peerwork.support.line.switchboard import board, calls
board.on_duty, board.rules = lambda _at, _clock: (), Rules
while True:
    box, secret = secrets.token_hex(16), secrets.token_hex(32)
    calls.ask(box, secret, side=Side(), way=Way.CHAT, key="k")
    calls.leave(box, secret) if secrets.randbelow(2) else calls.look(box, secret)
    print(box, secret, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_killed_in_the_middle_of_a_verb_nothing_confirmed_is_lost(network, memory, seed, tmp_path):
    command = [sys.executable, "-c", ASKS, str(memory)]
    asking = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 — our own
    confirmed = [asking.stdout.readline().split() for _call in range(20)]
    time.sleep(random.Random(seed).uniform(0, 0.05))  # noqa: S311
    asking.send_signal(signal.SIGKILL)
    confirmed += [line.split() for line in asking.stdout.read().splitlines() if len(line.split()) == 2]
    asking.wait()
    asking.stdout.close()
    for box, secret in confirmed:
        calls.look(box, secret)
    with closing(sqlite3.connect(memory / "line.db")) as disk:
        assert disk.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        gone = disk.execute('SELECT count(*) FROM call WHERE board LIKE \'%"state":"ended"%\'').fetchone()[0]
    assert counts.waiting().get("end.left", 0) == gone  # what ended was counted, neither more nor less
