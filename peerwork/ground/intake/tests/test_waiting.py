"""A file between the look and the yes: it waits half an hour, and one hand takes it."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from peerwork.ground.intake import waiting
from peerwork.ground.intake.waiting import Brought

A_LIST = Brought("people.csv", b"Name,Role\nBo,peer\n", {"company": "x"})


def waited(folder, minutes):
    """Every file here was left so many minutes ago."""
    for path in folder.iterdir():
        then = time.time() - minutes * 60
        os.utime(path, (then, then))


def test_it_comes_back_to_who_left_it_where_it_was_left(tmp_path):
    session = {}
    key = waiting.leave(tmp_path, session, A_LIST, at="people")
    assert waiting.come_back(tmp_path, session, key, at="people") == A_LIST
    assert waiting.come_back(tmp_path, session, key, at="calendar") is None
    assert waiting.come_back(tmp_path, {}, key, at="people") is None
    assert waiting.come_back(tmp_path, session, "another", at="people") is None


def test_nobody_else_on_the_machine_reads_it(tmp_path):
    before = os.umask(0)
    try:
        waiting.keep(tmp_path, b"Bernadette")
    finally:
        os.umask(before)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600


def test_after_half_an_hour_it_is_gone_even_for_its_bringer(tmp_path):
    session = {}
    key = waiting.leave(tmp_path, session, A_LIST, at="people")
    waited(tmp_path, 29)
    assert waiting.come_back(tmp_path, session, key, at="people") == A_LIST
    waited(tmp_path, 31)
    assert waiting.come_back(tmp_path, session, key, at="people") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asks", [waiting.clear, lambda folder: waiting.keep(folder, b"new")])
def test_what_nobody_came_back_for_is_dropped_and_the_rest_stays(tmp_path, asks):
    old = waiting.keep(tmp_path, b"old")
    waited(tmp_path, 31)
    (tmp_path / "somebodys-session").write_text("x")
    waited(tmp_path, 31)
    fresh = tmp_path / f"{waiting.PREFIX}fresh"
    fresh.write_bytes(b"fresh")
    asks(tmp_path)
    assert waiting.take(tmp_path, old) is None
    assert waiting.take(tmp_path, "fresh") == b"fresh"
    assert (tmp_path / "somebodys-session").exists()


def test_forgotten_it_is_gone_from_the_folder_and_the_session(tmp_path):
    session = {}
    key = waiting.leave(tmp_path, session, A_LIST, at="people")
    waiting.forget(tmp_path, session)
    assert (session, waiting.take(tmp_path, key), list(tmp_path.iterdir())) == ({}, None, [])


def test_of_many_hands_at_once_one_gets_it(tmp_path):
    for _round in range(20):
        key, together = waiting.keep(tmp_path, b"x"), Barrier(8)

        def press(key=key, together=together):
            together.wait()
            return waiting.claim(tmp_path, key)

        with ThreadPoolExecutor(8) as pool:
            assert sorted(one.result() for one in [pool.submit(press) for _hand in range(8)]) == [
                *[False] * 7,
                True,
            ]


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "..", "x" * 100, "\u200b"])
def test_a_key_nobody_was_given_opens_nothing(tmp_path, key):
    assert waiting.take(tmp_path, key) is None
    assert waiting.claim(tmp_path, key) is False
    waiting.drop(tmp_path, key)
