"""A round that is open, and devices that drew their tokens in it."""

import shutil
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.utils.timezone import localdate

from peerwork.ground.postbox import redeeming, rounds, staging
from tests.blinding import Client

_numbers = count(1)


@contextmanager
def a_memory_folder():
    """A folder in memory where this machine has one, as in a house that runs."""
    shared = Path("/dev/shm")  # noqa: S108
    memory = Path(tempfile.mkdtemp(prefix="peerwork-tests-", dir=shared if shared.is_dir() else None))
    with override_settings(OPTIONS=SimpleNamespace(memory=memory)):
        yield memory / "post"
    shutil.rmtree(memory)


@pytest.fixture
def folder():
    with a_memory_folder() as folder:
        yield folder


@pytest.fixture
def open_a_round():
    """Opens one more round, with a name nobody had, and lets nothing of it lie in memory after the test."""
    names = []

    def opened(tokens=3, roster=30, days=9, **said):
        names.append(said.pop("id", f"test.{next(_numbers)}"))
        plain = {"audience": "peers", "floor": 20, "price": 1_000_000, "opens_on": localdate()}
        plain |= {"closes_on": localdate() + timedelta(days)}
        return rounds.open_round(names[-1], tokens=tokens, roster=roster, **plain | said)

    yield opened
    for name in names:
        staging.drop(name)


@pytest.fixture
def themes(db, open_a_round):
    return open_a_round()


def draw(the_round, devices=1):
    """So many devices draw their tokens. Returns all tokens, ready to be shown."""
    client, tokens = Client(the_round.modulus), []
    for _each in range(devices):
        blinded, state = client.make(the_round.pk, the_round.tokens)
        tokens += client.finish(state, rounds.sign_for(the_round, blinded))
        rounds.one_more_drew(the_round)
    return [redeeming.Token(*token) for token in tokens]


def say(the_round, shown, *pieces, on=None):
    redeeming.take(the_round.pk, shown, list(pieces), on=on or localdate())
