"""Many at the same moment: threads, processes, and some that are killed."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from peerwork.ground.postbox import flushing, redeeming, rounds, slips, staging
from peerwork.ground.postbox.tests.conftest import draw, say
from peerwork.ground.postbox.tests.flusher import SLIPS
from peerwork.ground.postbox.tests.writers import marks

MANY = 50


@pytest.fixture
def themes(transactional_db, open_a_round):
    return open_a_round(tokens=10, roster=MANY)


def all_at_once(do, with_each):
    """What each of them came to: "in", or why not. Each has a connection of its own, like a thread that serves."""

    def one(each):
        try:
            do(each)
        except (redeeming.AlreadySpent, redeeming.Closed) as why:
            return type(why).__name__
        finally:
            connection.close()
        return "in"

    with ThreadPoolExecutor(MANY) as threads:
        return Counter(threads.map(one, with_each))


def test_fifty_spend_one_token_and_exactly_one_wins(themes):
    token = draw(themes)[0]
    came = all_at_once(lambda which: say(themes, token, ("themes", f"theme {which}")), range(MANY))
    assert came == {"in": 1, "AlreadySpent": MANY - 1}
    flushing.flush(themes)
    assert slips.histogram(themes, "themes").total() == slips.how_many_spent(themes) == 1


def test_fifty_who_send_the_same_thing_twice_are_one(themes):
    token = draw(themes)[0]
    came = all_at_once(lambda _which: say(themes, token, ("themes", "grief")), range(MANY))
    assert came == {"in": MANY}
    flushing.flush(themes)
    assert slips.histogram(themes, "themes") == {"grief": 1}


def test_fifty_spend_fifty_tokens_and_all_count(themes):
    came = all_at_once(lambda token: say(themes, token, ("themes", "grief")), draw(themes, devices=5))
    assert came == {"in": MANY}
    flushing.flush(themes)
    assert slips.histogram(themes, "themes") == {"grief": MANY}
    assert slips.how_many_spent(themes) == MANY


def test_flushing_and_spending_at_once_loses_nothing_and_counts_nothing_twice(themes):
    tokens = draw(themes, devices=5)

    def do(turn):
        if turn % 10 == 0:
            flushing.flush(themes)
        else:
            say(themes, tokens[turn // 2], ("themes", "grief" if turn % 4 else "pay"))

    came = all_at_once(do, range(2 * MANY))
    rounds.close(themes)
    assert slips.histogram(themes, "themes").total() == slips.how_many_spent(themes) == MANY
    assert came["in"] >= MANY


def test_whoever_was_told_yes_counts_however_close_to_the_end_they_came(themes):
    """The round closes while they come. Each is in and counted, or is told that it is over."""
    tokens = draw(themes, devices=5)

    def do(turn):
        if turn == MANY // 2:
            rounds.close(rounds.find(themes.pk))
        else:
            say(themes, tokens[turn], ("themes", "grief"))

    came = all_at_once(do, range(MANY))
    assert slips.how_many_spent(themes) == came["in"] - 1  # one of them closed it
    assert staging.all_of(themes.pk) == {}


def test_two_processes_spend_the_same_tokens_and_each_counts_once(folder):
    command = [sys.executable, "-m", "peerwork.ground.postbox.tests.writers", str(folder.parent), "r", "race"]
    racers = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True)  # noqa: S603
        for name in ("one", "other")
    ]
    won = [racer.communicate()[0].split() for racer in racers]
    kept = staging.all_of("r")
    assert set(kept) == set(marks(300))
    assert not set(won[0]) & set(won[1])
    assert {mark for mark in kept if kept[mark] == b"one"} == set(won[0])
    assert len(won[0]) + len(won[1]) == 300


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    data = tmp_path_factory.mktemp("house")
    run(data, "fill")
    return data


def run(data, where):
    named = {"PEERWORK_DATA": str(data), "PEERWORK_MEMORY": str(data / "memory")}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "peerwork.ground.postbox.tests.flusher", where],
        env=os.environ | named, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("where", ["1", "9", "15", "committed"])
def test_killed_in_the_middle_of_a_flush_nothing_is_lost_and_nothing_there_twice(filled, tmp_path, where):
    """kill -9 while the board is written, while the slips are, at the last row, and before what waits is let go."""
    data = tmp_path / "house"
    shutil.copytree(filled, data)
    assert run(data, where).returncode == -9
    assert rows_of(data) == ((SLIPS, 2 * SLIPS) if where == "committed" else (0, 0))
    assert run(data, "on").stdout.split() == [str(SLIPS), str(2 * SLIPS), "0"]


def rows_of(data):
    disk = sqlite3.connect(data / "peerwork.db")
    counted = [
        disk.execute(f"SELECT count(*) FROM ground_{table}").fetchone()[0] for table in ("spent", "slip")
    ]
    disk.close()
    return tuple(counted)
