"""From an ask to the ring, with a thousand pages that listen. Use: python -m tests.bench_line

Times are on the wall, so they hang on what else the machine does; memory is of the web worker (PSS).
"""

import json
import statistics
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

from tests.a_line import asking, heard, listening, sent, somebody_on_duty
from tests.bench import family, memory_of, schedstat_of, sign_in, text
from tests.journeys.browser import House

LISTENERS, ASKS = 1000, 100


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name) / "data", demo=True)
        house.prepare()
        tokens = somebody_on_duty(house, "Sam", tokens=ASKS)
        house.start()
        try:
            report(house, tokens[:ASKS])
        finally:
            house.stop()


def report(house: House, tokens: list) -> None:
    sam, worker = sign_in(house, "Sam"), family(house.process.pid)
    rings = json.loads(text(sam.ask("GET", "/line/rings/")[1]))
    sent(house.port, "GET", "/a/line/asks/x/")  # warm
    before = memory_of(worker)
    idle = [listening(house.port, f"{n:032x}") for n in range(LISTENERS)]
    for one in idle:
        heard(one)
    after = memory_of(worker)
    used = schedstat_of(worker)
    time.sleep(5)
    used = schedstat_of(worker) - used
    stream = listening(house.port, rings["channel"])
    heard(stream)
    took, answered = zip(*(one_ask(house, stream, token) for token in tokens), strict=True)
    print(f"\n{LISTENERS} listeners         {(after - before) * 1024 / LISTENERS:.1f} KB each   (at most 60)")
    print(f"CPU while all are idle  {used / 5 * 100:.1f} % of a core")
    for what, values in (("ask to ring", took), ("ask to its own answer", answered)):
        print(
            f"{what:<24}median {statistics.median(values) * 1000:.0f} ms, p99 {percentile(values, 99):.0f} ms"
        )
    for line in (*idle, stream):
        line.close()


def one_ask(house: House, stream, token) -> tuple[float, float]:
    """Seconds until the page of whoever is on call is told, and until whoever asked has an answer."""
    body, rang = asking(token), []
    be_silent(stream)
    listens = Thread(target=lambda: (heard(stream), rang.append(time.perf_counter())))
    listens.start()
    began = time.perf_counter()
    status, _told = sent(house.port, "POST", "/a/line/asks/", body)
    answered = time.perf_counter()
    assert status == 201
    listens.join()
    sent(
        house.port,
        "POST",
        f"/a/line/asks/{body['box']}/",
        {"do": "leave"},
        Authorization=f"Bearer {body['secret']}",
    )
    return rang[0] - began, answered - began


def be_silent(stream) -> None:
    """Read what was told of the last call."""
    stream.settimeout(0.15)
    with suppress(TimeoutError):
        while stream.recv(65536):
            pass
    stream.settimeout(20)


def percentile(values, which: int) -> float:
    return statistics.quantiles(values, n=100)[which - 1] * 1000


if __name__ == "__main__":
    main()
