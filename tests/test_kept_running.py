"""One command serves. Killed at any moment it loses nothing that was confirmed, and leaves nothing behind."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date, timedelta
from http.client import HTTPException  # noqa: TID251 — our own server
from http.cookiejar import CookieJar
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener  # noqa: TID251 — our own server

import pyrage
import pytest

from peerwork.people.vault.phrases import derive
from peerwork.site.demo.script import phrases
from tests.journeys.browser import House

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
PHRASES = phrases()


@pytest.fixture
def house(demo_data, tmp_path):
    shutil.copytree(demo_data, tmp_path / "data")
    house = House(tmp_path / "data", demo=True)
    house.start()
    yield house
    house.process.kill()
    house.process.wait()


def family(pid):
    """Every process below this one."""
    below = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int(re.search(r"^PPid:\s+(\d+)", (entry / "status").read_text(), re.MULTILINE)[1])
            except (OSError, TypeError):
                continue
            if parent == pid:
                below += [int(entry.name), *family(int(entry.name))]
    return below


def is_alive(pid):
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def wait_until(true, seconds=20.0):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


class Visitor:
    """A browser without a screen: cookies, forms, nothing else."""

    def __init__(self, house, who):
        self.house, self.opener = house, build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.get("/sign-in/")
        salt = re.search(r'data-salt="(\w+)"', page)[1]
        self.post("/sign-in/", {"door": derive(PHRASES[who], salt=salt).door, "rest": "480"}, page)

    def get(self, path):
        return self.opener.open(self.house.address + path, timeout=20).read().decode()

    def post(self, path, said, page):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        return self.opener.open(
            self.house.address + path, urlencode(said | {"csrfmiddlewaretoken": token}).encode(), timeout=20
        )


def test_no_process_is_left_behind(house):
    below = family(house.process.pid)
    assert len(below) >= 3  # the web server, its worker, the jobs
    house.process.send_signal(signal.SIGKILL)
    house.process.wait()
    assert wait_until(lambda: not any(is_alive(pid) for pid in below), 10), "orphans"


def test_a_web_server_killed_alone_takes_its_worker_along_and_is_started_again(house):
    before = family(house.process.pid)
    web = next(pid for pid in before if family(pid))
    worker = family(web)[0]
    os.kill(web, signal.SIGKILL)
    assert wait_until(lambda: not is_alive(worker), 10)
    assert wait_until(house.answers, 20)


def test_asked_to_stop_it_finishes_and_stops(house):
    below = family(house.process.pid)
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(timeout=20) == 0
    assert not any(is_alive(pid) for pid in below)
    journal = house.data / "peerwork.db-wal"
    assert not journal.exists() or not journal.stat().st_size


def test_a_second_server_for_the_same_folder_says_so(house):
    second = subprocess.run(
        [sys.executable, "-m", "peerwork", "serve", "--demo", "--port", "1"],
        env=house.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert "already serves" in second.stderr


def test_a_second_house_on_the_same_port_says_so(house, tmp_path):
    """The web server itself would share the port, and half the people would knock at the other's door."""
    second = House(tmp_path / "second", demo=False)
    done = second.run("serve", "--port", str(house.port), timeout=60)
    assert (done.returncode, "Something else listens on port" in done.stderr) == (1, True)
    assert house.answers()


def test_a_backup_is_not_put_in_place_while_it_is_served(house, tmp_path):
    """Once it is, nobody who was signed in is still signed in, and nothing of the old days stands beside it."""
    key, backup = tmp_path / "board.key", tmp_path / "last-night.age"
    public = re.search(r"age1\w+", house.run("backup", "--make-key", str(key)).stdout)[0]
    house.environment["PEERWORK_BACKUP_KEYS"] = public
    assert house.run("backup", str(backup)).returncode == 0
    ash = Visitor(house, "Ash")
    assert "Sign out" in ash.get("/mine/")
    house.data.joinpath("demo.txt").unlink()  # from here on it is a real network, which can be restored
    refused = house.run("restore", str(backup), "--key", str(key), "--replace")
    assert (refused.returncode, "already serves" in refused.stderr) == (1, True)
    assert "Sign out" in ash.get("/mine/")
    house.stop()
    done = house.run("restore", str(backup), "--key", str(key), "--replace")
    assert done.returncode == 0, done.stderr
    house.start()
    assert "Sign out" not in ash.get("/mine/")


def test_every_night_leaves_a_sealed_backup_and_none_older_than_35_days(house, tmp_path):
    kept, key = tmp_path / "kept", tmp_path / "board.key"
    today = date.today()  # noqa: DTZ011 — the day on this machine
    old, young, other = (
        kept / name for name in (f"{today - timedelta(37)}.age", f"{today - timedelta(30)}.age", "mine.age")
    )
    kept.mkdir()
    for file in (old, young, other):
        file.write_bytes(b"")
    public = re.search(r"age1\w+", house.run("backup", "--make-key", str(key)).stdout)[0]
    house.environment |= {"PEERWORK_BACKUPS": str(kept), "PEERWORK_BACKUP_KEYS": public}
    for _twice in range(2):
        assert house.night().returncode == 0
    (new,) = set(kept.iterdir()) - {young, other}  # the old one is gone; what is not of a night stays
    identity = pyrage.x25519.Identity.from_str(key.read_text().splitlines()[-1])
    assert b"Kerbside" in pyrage.decrypt(new.read_bytes(), [identity])
    house.environment["PEERWORK_BACKUP_KEYS"] = ""
    new.unlink()
    night = house.night()
    assert (night.returncode, "No backup was made tonight. No keys to seal to." in night.stderr) == (0, True)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_confirmed_is_lost_when_it_is_killed(house, seed):
    """Ash takes and gives up a seat as fast as the server answers; the whole tree is killed at a random moment."""
    chance = random.Random(seed)
    ash = Visitor(house, "Tran")
    listing = ash.get("/together/?more=yes")
    addresses = list(dict.fromkeys(re.findall(r'href="(/together/[0-9a-f-]{36}/)"', listing)))[:12]
    page = ash.get(addresses[0])
    confirmed, in_flight, enough = {}, None, chance.randint(6, 30)
    below = [house.process.pid, *family(house.process.pid)]
    many_are = Event()

    def kill_it() -> None:
        many_are.wait()
        time.sleep(chance.uniform(0, 0.05))
        for pid in below:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    killer = Thread(target=kill_it)
    killer.start()
    for turn in count(1):
        address, state = chance.choice(addresses), chance.choice(["mine", "free"])
        try:
            ash.post(f"{address}seat/", {"seat": state}, page)
        except (HTTPException, OSError):
            in_flight = address  # nobody was told, so it may stand either way
            break
        confirmed[address] = state
        if turn == enough:
            many_are.set()
    killer.join()
    house.process.wait()
    with pytest.raises((URLError, ConnectionError)):
        ash.get("/")

    house.start()
    again = Visitor(house, "Tran")
    assert len(confirmed) > 3  # of six and more answers, to a dozen addresses
    for address, state in confirmed.items():
        if address != in_flight:
            keeps = "There is a seat with your name" in again.get(address) or "in the line" in again.get(
                address
            )
            assert keeps is (state == "mine"), address
    disk = sqlite3.connect(house.data / "peerwork.db")
    assert disk.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    disk.close()


def test_killed_while_the_tables_are_made_it_starts_again(tmp_path):
    house = House(tmp_path / "data", demo=True)
    for wait in (0.4, 0.9, 1.6):
        command = [sys.executable, "-m", "peerwork.site.parts", "prepare", "--demo"]
        making = subprocess.Popen(command, env=house.environment)
        time.sleep(wait)
        making.kill()
        making.wait()
    house.start()
    assert Visitor(house, "Ash").get("/").count("Friday group") >= 1
    house.stop()


# The tables of one step are there, and Django has not noted it yet.
THE_POWER_GOES = """
import os
from django.db.migrations.recorder import MigrationRecorder
from peerwork.site.commands.house import open_house
MigrationRecorder.record_applied = lambda *_step: os._exit(9)
open_house()
"""


def test_the_power_goes_between_a_table_and_the_note_that_it_is_made(tmp_path):
    house = House(tmp_path / "data", demo=False)
    house.data.mkdir()
    broke = subprocess.run([sys.executable, "-c", THE_POWER_GOES], env=house.environment, check=False)
    assert broke.returncode == 9
    house.prepare()


def test_secrets_are_made_on_first_start_and_only_their_owner_reads_them(house):
    assert (house.data / "secret").stat().st_mode & 0o777 == 0o600
    assert house.data.stat().st_mode & 0o077 == 0
    memory = Path(house.environment["PEERWORK_MEMORY"])
    assert memory.stat().st_mode & 0o777 == 0o700
