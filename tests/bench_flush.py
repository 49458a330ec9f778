"""How long a flush takes, and how much memory: `python -m tests.bench_flush 100000 1`: slips, and pieces in each.

In a data folder of its own, with the memory folder where a house has it. Prints a line while it goes on.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path


def main(slips, pieces):
    data = Path(tempfile.mkdtemp(prefix="peerwork-bench-"))
    shared = Path("/dev/shm")  # noqa: S108
    memory = Path(tempfile.mkdtemp(prefix="peerwork-bench-", dir=shared if shared.is_dir() else None))
    os.environ |= {"PEERWORK_DATA": str(data), "PEERWORK_MEMORY": str(memory)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "peerwork.site.settings"
    try:
        import django

        django.setup()
        measure(slips, pieces)
    finally:
        shutil.rmtree(data)
        shutil.rmtree(memory)


def measure(slips, pieces):
    from django.core.management import call_command

    from peerwork.ground.postbox import flushing, sheaf, staging

    call_command("migrate", "ground", verbosity=0)
    a_round = opened(slips)
    start = time.perf_counter()
    for mark, content in one_by_one(min(slips, 2_000), pieces):
        staging.keep(a_round.pk, mark, content)
    print(f"keeping one: {(time.perf_counter() - start) / min(slips, 2_000) * 1e6:.0f} µs")
    sheaf.make(staging._path(a_round.pk), dict(one_by_one(slips, pieces)))
    size = staging._path(a_round.pk).stat().st_blocks * 512 / 1e6
    before, start, cpu = in_use(), time.perf_counter(), time.process_time()
    written = flushing.flush(a_round, progress=told)
    print(
        f"{written} slips, {written * pieces} pieces, {size:.0f} MB waiting: "
        f"{time.perf_counter() - start:.1f} s, of it {time.process_time() - cpu:.1f} s of CPU, "
        f"and {in_use() - before:.0f} MB of memory at most"
    )


def opened(slips):
    from django.utils.timezone import localdate

    from peerwork.ground.postbox import rounds

    return rounds.open_round(
        "bench", audience="peers", tokens=1, roster=slips, floor=20, price=1, opens_on=localdate(),
        closes_on=localdate() + timedelta(1),
    )  # fmt: skip


def one_by_one(slips, how_many):
    import hashlib

    pieces = [[f"q{which}", f"option {which}"] for which in range(how_many)]
    for number in range(slips):
        yield hashlib.sha256(b"%d" % number).hexdigest(), json.dumps(pieces).encode()


def told(done, of):
    if done * 10 // of != (done - 500) * 10 // of:
        print(f"  {done} of {of}", flush=True)


def in_use():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:] or ("100000", "1")))
