"""What stories on a real server share: a made-up network, made once."""

import fcntl
import os

import pytest

from tests.journeys.browser import House


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory):
    """A made-up network to be copied for every house that wants one. One worker makes it, the others wait for that."""
    folder = tmp_path_factory.getbasetemp()
    together = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    made = together / "demo" / "data"
    with (together / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (together / "demo.made").exists():
            made.parent.mkdir()
            House(made, demo=True).prepare()
            (together / "demo.made").touch()
    return made
