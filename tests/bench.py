"""What a page costs here, beside a bare Django page on the same server in the same run. Use: make bench

The sturdy figure is CPU for each request: the time the whole server process used, over the number of requests,
asked for in turns (ours, bare, ours, bare …), median of the rounds. Wall-clock times are for interest only.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.client import HTTPConnection  # noqa: TID251 — our own servers on this machine
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from peerwork.people.vault.phrases import derive
from peerwork.site.demo.script import phrases
from tests.journeys.browser import House, free_port

ROUNDS, REQUESTS = 9, 40


class Visitor:
    """One kept-open connection with a cookie."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("localhost", port)
        self.cookies = SimpleCookie()

    def ask(self, method: str, path: str, said: dict | None = None) -> tuple[int, bytes]:
        headers = {
            "Cookie": "; ".join(f"{k}={m.value}" for k, m in self.cookies.items()),
            "Accept-Encoding": "gzip, br",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, path, urlencode(said or {}), headers)
        answer = self.connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer.status, answer.read()


def text(body: bytes) -> str:
    import gzip

    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def schedstat_of(pids: list[int]) -> float:
    """Seconds of CPU these processes have used, to the nanosecond, summed over their threads."""
    used = 0
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            used += int((thread / "schedstat").read_text().split()[0])
    return used / 1e9


def family(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    children = [int(line) for line in found.stdout.split()]
    return [pid, *(below for child in children for below in family(child))]


def memory_of(pids: list[int]) -> float:
    """Megabytes, each shared page counted once (PSS)."""
    total = 0
    for pid in pids:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return total / 1024


def cost(pids: list[int], ask: Callable[[], object]) -> float:
    """Milliseconds of CPU for one request, over a round of them."""
    before = schedstat_of(pids)
    for _request in range(REQUESTS):
        ask()
    return (schedstat_of(pids) - before) / REQUESTS * 1000


def wait_for(port: int) -> Visitor:
    for _try in range(400):
        visitor = Visitor(port)
        try:
            visitor.ask("GET", "/enter/")
        except OSError:
            time.sleep(0.05)
        else:
            return visitor
    raise TimeoutError


@contextmanager
def bare_page(folder: Path):
    port = free_port()
    environment = os.environ | {"BARE_DATABASE": str(folder / "bare.db")}
    process = subprocess.Popen([sys.executable, "-m", "tests.bare.serve", str(port)], env=environment)
    try:
        yield wait_for(port), family(process.pid)
    finally:
        process.terminate()
        process.wait()


def sign_in(house: House, who: str) -> Visitor:
    visitor = Visitor(house.port)
    page = text(visitor.ask("GET", "/sign-in/")[1])
    salt = re.search(r'data-salt="(\w+)"', page)[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    said = {"door": derive(phrases()[who], salt=salt).door, "rest": "480", "csrfmiddlewaretoken": token}
    assert visitor.ask("POST", "/sign-in/", said)[0] == 302
    return visitor


COUNT_QUERIES = """
import sys
from peerwork.site.commands.house import wake
wake()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(HTTP_HOST="localhost")
client.cookies[settings.SESSION_COOKIE_NAME] = sys.argv[1]
for line in sys.argv[2:]:
    method, path, state = line.split()
    client.generic(method, path, f"seat={state}", content_type="application/x-www-form-urlencoded")
    with CaptureQueriesContext(connection) as asked:
        client.generic(method, path, f"seat={state}", content_type="application/x-www-form-urlencoded")
    print(sum(not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for q in asked.captured_queries))
"""


def queries_of(house: House, session: str, *lines: str) -> list[int]:
    """How many questions each of these asks of the database."""
    command = [sys.executable, "-c", COUNT_QUERIES, session, *lines]
    done = subprocess.run(command, env=house.environment, capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.split()]


def first_load(visitor: Visitor, path: str) -> tuple[int, int]:
    """Bytes and requests of a first visit: the page and what it links to, compressed as a browser asks for it."""
    page = visitor.ask("GET", path)[1]
    links = set(re.findall(r'(?:href|src)="(/(?:static/[^"]+|manifest\.webmanifest))"', text(page)))
    fonts = {link for link in links if link.endswith(".woff2")}
    styles = [visitor.ask("GET", link)[1] for link in links - fonts]
    return len(page) + sum(map(len, styles)) + sum(len(visitor.ask("GET", f)[1]) for f in fonts), 1 + len(
        links
    )


def cold_start(data: Path) -> float:
    """Seconds from starting the process to the first page, with tables and static files in place."""
    house = House(data, demo=True)
    began = time.perf_counter()
    house.start()
    took = time.perf_counter() - began
    house.stop()
    return took


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = House(folder / "data", demo=True)
        made.prepare()
        shutil.copytree(folder / "data", folder / "cold")
        cold = statistics.median(cold_start(folder / "cold") for _time in range(3))
        house = House(folder / "data", demo=True)
        house.start()
        try:
            with bare_page(folder) as (bare, bare_pids):
                report(house, bare, bare_pids)
        finally:
            house.stop()
        print(f"\ncold start, median of three   {cold:.2f} s   (at most 3 s on a quiet machine)")


def report(house: House, bare: Visitor, bare_pids: list[int]) -> None:
    rosa, pids = sign_in(house, "Rosa"), family(house.process.pid)
    listing = text(rosa.ask("GET", "/together/?more=yes")[1])
    seat = re.findall(r'href="(/together/[0-9a-f-]{36}/)"', listing)[-1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', listing)[1]
    turn = iter(range(10**9))

    def change_seat() -> None:
        state = "mine" if next(turn) % 2 else "free"
        rosa.ask("POST", f"{seat}seat/", {"seat": state, "csrfmiddlewaretoken": token})

    asks = {
        "Today": (lambda: rosa.ask("GET", "/"), "GET / -"),
        "Together, 20 rows": (lambda: rosa.ask("GET", "/together/"), "GET /together/ -"),
        "one gathering": (lambda: rosa.ask("GET", seat), f"GET {seat} -"),
        "a seat taken or given up": (change_seat, f"POST {seat}seat/ mine"),
    }
    session = rosa.cookies["s"].value
    queries = queries_of(house, session, *(line for _ask, line in asks.values()))
    for ask, _line in asks.values():
        cost(pids, ask)  # warm
    rounds: dict[str, list[float]] = {name: [] for name in (*asks, "bare")}
    for _round in range(ROUNDS):
        for name, (ask, _line) in asks.items():
            rounds[name].append(cost(pids, ask))
            rounds["bare"].append(cost(bare_pids, lambda: bare.ask("GET", "/")))
    base = statistics.median(rounds.pop("bare"))
    print(f"\n{'page':<28}{'CPU ms':>8}{'× bare':>8}{'queries':>9}{'page B':>8}")
    print(f"{'bare Django, 30 rows':<28}{base:>8.2f}{1:>8.2f}{5:>9}{len(bare.ask('GET', '/')[1]):>8}")
    for (name, (ask, _line)), asked in zip(asks.items(), queries, strict=True):
        mine, answer = statistics.median(rounds[name]), ask()
        print(f"{name:<28}{mine:>8.2f}{mine / base:>8.2f}{asked:>9}{len(answer[1]) if answer else 0:>8}")
    weight, requests = first_load(rosa, "/")
    print(
        f"\nfirst load of Today           {weight / 1000:.1f} KB in {requests} requests   (at most 60 KB in 8)"
    )
    print(
        f"memory of the whole tree      {memory_of(pids):.0f} MB   (bare, web only: {memory_of(bare_pids):.0f} MB)"
    )


if __name__ == "__main__":
    main()
