"""How long signing takes says nothing about the key: Welch's t between one fixed hidden token and random ones.

The control is what one would write first, Python's own `pow` with nothing to cover it. The same test finds it at once.
"""

import secrets
import statistics
import time

import pytest

from peerwork.ground.postbox import signing

LIMIT = 4.5
TRIES = 3


def welch(some, others):
    a, b = statistics.variance(some) / len(some), statistics.variance(others) / len(others)
    return (statistics.fmean(some) - statistics.fmean(others)) / (a + b) ** 0.5


def cropped(times, keep=0.7):
    """Without the slowest: then somebody else had the machine."""
    return sorted(times)[: int(len(times) * keep)]


def took(sign, blinded):
    start = time.thread_time_ns()
    sign(blinded)
    return time.thread_time_ns() - start


def t_of(sign, fixed, length, pairs):
    """Fixed and random by turns, in an order of chance, so that whatever else the machine does meets both."""
    times = ([], [])
    for _pair in range(pairs):
        turns = [(0, fixed), (1, bytes(1) + secrets.token_bytes(length - 1))]
        secrets.SystemRandom().shuffle(turns)
        for which, blinded in turns:
            times[which].append(took(sign, blinded))
    return abs(welch(*map(cropped, times)))


@pytest.fixture(scope="module")
def key():
    pem, modulus, _fingerprint = signing.new_key()
    return pem, int(modulus, 16)


def careless(pem, n):
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    d = load_pem_private_key(pem.encode(), password=None).private_numbers().d
    return lambda blinded: pow(int.from_bytes(blinded), d, n)


# Numbers an attacker would choose: hardly any, or almost the whole key.
@pytest.mark.parametrize("fixed", [bytes(255) + b"\1", b"\0" + b"\xff" * 255], ids=["one", "many"])
def test_how_long_it_takes_says_nothing(key, fixed):
    """A noisy machine may fail once by chance (LIMIT is one in a hundred thousand). A leak fails each time."""
    pem, _n = key
    found = []
    for _try in range(TRIES):
        found.append(t_of(lambda blinded: signing.blind_sign(pem, blinded), fixed, 256, 250))
        if found[-1] < LIMIT:
            break
    assert found[-1] < LIMIT, found


def test_the_same_test_finds_a_careless_signer(key):
    pem, n = key
    found = t_of(careless(pem, n), bytes(255) + b"\1", 256, 40)
    assert found > LIMIT
