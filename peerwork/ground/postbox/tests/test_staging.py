"""What waits in memory: nothing lost, nothing twice, and no order, whatever happens to whoever writes."""

import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import settings as times
from hypothesis import strategies as some

from peerwork.ground.postbox import sheaf, staging
from peerwork.ground.postbox.tests.conftest import a_memory_folder
from peerwork.ground.postbox.tests.writers import marks

ROUND = "themes.2026-Q4"


def test_what_is_kept_is_there_once(folder):
    (mark,) = marks(1)
    assert staging.keep(ROUND, mark, b"grief") is staging.Kept.NEW
    assert staging.keep(ROUND, mark, b"grief") is staging.Kept.SAME
    assert staging.all_of(ROUND) == {mark: b"grief"}
    assert staging.how_many(ROUND) == 1
    assert staging.has(ROUND, mark)


def test_something_else_under_the_same_mark_is_refused(folder):
    (mark,) = marks(1)
    staging.keep(ROUND, mark, b"grief")
    with pytest.raises(staging.Spent):
        staging.keep(ROUND, mark, b"pay")
    assert staging.all_of(ROUND) == {mark: b"grief"}


def test_where_nothing_came_nothing_waits(folder):
    assert staging.all_of(ROUND) == {}
    assert staging.how_many(ROUND) == 0
    assert not staging.has(ROUND, marks(1)[0])


def test_rounds_do_not_meet(folder):
    (mark,) = marks(1)
    staging.keep(ROUND, mark, b"grief")
    staging.keep("consultation.0123456789ab", mark, b"pay")
    staging.empty(ROUND)
    assert staging.all_of(ROUND) == {}
    assert staging.all_of("consultation.0123456789ab") == {mark: b"pay"}


def test_when_a_round_is_over_its_file_is_gone(folder):
    staging.keep(ROUND, marks(1)[0], b"grief")
    staging.drop(ROUND)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["../secret", "", ".", "..", "a/b", "a" * 61, "a\0b"])
def test_a_round_names_no_other_file(folder, name):
    with pytest.raises(ValueError, match="no name of a round"):
        staging.keep(name, marks(1)[0], b"grief")


def test_what_is_too_long_is_refused(folder):
    staging.keep(ROUND, marks(1)[0], b"x" * staging.LONGEST)
    assert staging.all_of(ROUND) == {marks(1)[0]: b"x" * staging.LONGEST}
    with pytest.raises(ValueError, match="too long"):
        staging.keep(ROUND, marks(2)[1], b"x" * (staging.LONGEST + 1))


def bytes_of(folder):
    return (folder / ROUND).read_bytes().rstrip(b"\0")


@times(max_examples=25, deadline=None)
@given(how_many=some.integers(1, 150), chance=some.randoms(use_true_random=False))
def test_the_file_is_the_same_whichever_came_first(how_many, chance):
    """Not one byte tells. That holds while it grows, too: 150 are more than two sizes of the file."""
    written = []
    for _way in range(2):
        arriving = marks(how_many)
        chance.shuffle(arriving)
        with a_memory_folder() as folder:
            for mark in arriving:
                staging.keep(ROUND, mark, mark.encode())
            assert len(staging.all_of(ROUND)) == staging.how_many(ROUND) == how_many
            written.append(bytes_of(folder))
    assert written[0] == written[1]


def test_the_clock_of_the_file_says_nothing_but_the_hour_of_the_night(folder):
    staging.keep(ROUND, marks(1)[0], b"grief")
    before = (folder / ROUND).stat()
    assert before.st_mtime == 0
    time.sleep(0.02)
    staging.touch_all()
    for path in (folder, folder / ROUND):
        assert path.stat().st_mtime == 0
        assert path.stat().st_ctime_ns > before.st_ctime_ns


def test_only_the_house_may_read_it(folder):
    staging.keep(ROUND, marks(1)[0], b"grief")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ROUND).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("room", [70 * sheaf.PAGE, 10 * sheaf.PAGE], ids=["as it grows", "before it grows"])
def test_a_full_folder_harms_nothing_that_was_kept(folder, room):
    """A limit on what a file may hold stands in for a full memory: the kernel refuses the same write."""
    import resource

    kept, refused = set(), set()
    staging.empty(ROUND)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        for mark in marks(60):
            try:
                staging.keep(ROUND, mark, b"grief")
                kept.add(mark)
            except staging.Full:
                refused.add(mark)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert kept
    assert refused
    assert set(staging.all_of(ROUND)) == kept
    assert not list(folder.glob("*.partly"))
    for mark in refused:  # and once there is room again, they come in
        assert staging.keep(ROUND, mark, b"grief") is staging.Kept.NEW
    assert set(staging.all_of(ROUND)) == kept | refused


@pytest.mark.parametrize("torn", [1, 31, 40, 66, 80])
def test_a_torn_page_is_seen_and_mended(folder, torn):
    """As after a power cut in the middle of a page: the first bytes are there, the rest is not."""
    arriving = marks(30)
    for mark in arriving:
        staging.keep(ROUND, mark, b"grief about many things")
    clean = bytes_of(folder)
    (mark,) = marks(1, start=30)
    staging.keep(ROUND, mark, b"grief about many things")
    at = next(at for at in range(4096, 10**7, 4096) if mark in str(sheaf.unpacked(page(folder, at))))
    file = os.open(folder / ROUND, os.O_RDWR)
    os.pwrite(file, bytes(4096 - torn), at + torn)
    os.close(file)
    assert set(staging.all_of(ROUND)) == set(arriving)
    assert staging.keep(ROUND, mark, b"grief about many things") is staging.Kept.NEW
    assert set(staging.all_of(ROUND)) == {*arriving, mark}
    assert staging.keep(ROUND, mark, b"grief about many things") is staging.Kept.SAME
    assert len(clean) <= len(bytes_of(folder))


def page(folder, at):
    with (folder / ROUND).open("rb") as file:
        file.seek(at)
        return file.read(4096)


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 8192, b"something else altogether, and long enough to read"]
)
def test_a_file_that_is_no_sheaf_is_replaced(folder, content):
    folder.mkdir(mode=0o700)
    (folder / ROUND).write_bytes(content)
    assert staging.all_of(ROUND) == {}
    staging.keep(ROUND, marks(1)[0], b"grief")
    assert staging.all_of(ROUND) == {marks(1)[0]: b"grief"}


def test_a_writer_that_is_killed_in_the_middle_loses_nothing_it_had_said_yes_to(folder):
    """kill -9 at a moment of chance, again and again, on one file."""
    said, on_their_way = set(), set()
    for turn in range(5):
        command = [sys.executable, "-m", "peerwork.ground.postbox.tests.writers"]
        where = [str(folder.parent), ROUND, "keep_on", str(turn * 100_000)]
        with subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603
            lines = [writer.stdout.readline().strip()]
            time.sleep(random.uniform(0.0, 0.1))  # noqa: S311
            writer.kill()
            lines += writer.stdout.read().split()
        begun = [line for line in lines if len(line) == 64]
        said |= set(begun[: lines.count("kept")])
        on_their_way |= set(begun[lines.count("kept") :])
        assert said <= set(staging.all_of(ROUND)) <= said | on_their_way
    assert len(said) > 20
    for mark in sorted(on_their_way):  # their devices send them again
        staging.keep(ROUND, mark, mark.encode() * 20)
    assert set(staging.all_of(ROUND)) == said | on_their_way
    assert all(content == mark.encode() * 20 for mark, content in staging.all_of(ROUND).items())
