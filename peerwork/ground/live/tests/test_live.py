"""The stream on an event loop of its own, with a real database in memory beside it.

Who uses it, and what they fear. Rosa, on call: that her phone stays silent. Ash: that somebody finds out there is a
call by listening. The host: that a thousand open pages bring the machine down.
"""

import asyncio
import sqlite3
import threading
from contextlib import closing

import pytest

from peerwork.ground.live import hub as hubs
from peerwork.ground.live import outbox
from peerwork.ground.live.hub import Hub
from peerwork.ground.live.stream import LOOK, live

ROSA, SAM = "a" * 32, "b" * 32
PATIENCE = 10.0


class Page:
    """An open page: what came in, and leaving."""

    def __init__(self, hub, path, method="GET"):
        self.came, self.left = asyncio.Queue(), asyncio.Event()
        self.task = asyncio.create_task(
            live(hub, {"path": path, "method": method}, self.receive, self.came.put)
        )

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def next(self):
        return await asyncio.wait_for(self.came.get(), PATIENCE)

    async def status(self):
        return (await self.next())["status"]


async def opened(hub, channel=ROSA):
    page = Page(hub, f"/live/{channel}/")
    assert await page.status() == 200
    assert LOOK in (await page.next())["body"]
    return page


@pytest.fixture
def there(tmp_path):
    """A hub, and the outbox it looks at, as another process would have it open."""
    hub = Hub()
    hub.path = tmp_path / "line.db"
    with closing(outbox.open_at(hub.path)) as database:
        yield hub, database
    if hub._database:
        hub._database.close()


def told(database, *channels):
    database.execute("BEGIN IMMEDIATE")
    outbox.put(database, channels)
    database.execute("COMMIT")


def test_whoever_listens_is_told_to_look_and_nobody_else_is(there):
    hub, database = there

    async def story():
        rosa, sam = await opened(hub), await opened(hub, SAM)
        told(database, ROSA)
        assert (await rosa.next())["body"] == LOOK
        told(database, SAM)
        assert (await sam.next())["body"] == LOOK
        assert rosa.came.empty()
        for page in (rosa, sam):
            page.left.set()
            await page.task

    asyncio.run(story())


def test_woken_from_a_thread_it_looks_before_its_turn(there, monkeypatch):
    hub, database = there
    monkeypatch.setattr(hubs, "TURN", 3600)

    async def story():
        rosa = await opened(hub)
        await asyncio.sleep(0)
        told(database, ROSA)
        threading.Thread(target=hub.wake).start()
        assert (await rosa.next())["body"] == LOOK
        rosa.left.set()
        await rosa.task
        hub._looking.cancel()

    asyncio.run(story())


def test_what_was_taken_back_is_not_told(there):
    hub, database = there

    async def story():
        rosa = await opened(hub)
        database.execute("BEGIN IMMEDIATE")
        outbox.put(database, [ROSA])
        database.execute("ROLLBACK")
        told(database, SAM)
        await asyncio.sleep(hubs.TURN * 3)
        assert rosa.came.empty()
        told(database, ROSA)
        assert (await rosa.next())["body"] == LOOK
        rosa.left.set()
        await rosa.task

    asyncio.run(story())


def test_more_than_the_outbox_keeps_and_everybody_looks(there, monkeypatch):
    hub, database = there
    monkeypatch.setattr(outbox, "KEPT", 10)

    async def story():
        rosa = await opened(hub)
        told(database, ROSA, *(f"{n:032x}" for n in range(100)))
        assert (await rosa.next())["body"] == LOOK
        rosa.left.set()
        await rosa.task

    asyncio.run(story())
    assert database.execute("SELECT count(*) FROM nudge").fetchone()[0] == 10


def test_a_page_that_was_closed_leaves_nothing_behind(there):
    hub, _database = there

    async def story():
        for _time in range(20):
            page = await opened(hub)
            page.left.set()
            await page.task
        assert (hub._count, dict(hub._bells)) == (0, {})
        await asyncio.sleep(hubs.TURN * 2)
        assert hub._looking is None  # where nobody listens, nobody looks

    asyncio.run(story())


def test_a_silent_stream_says_now_and_then_that_it_is_there(there, monkeypatch):
    hub, _database = there
    monkeypatch.setattr("peerwork.ground.live.stream.KEEP_ALIVE", 0.01)

    async def story():
        page = await opened(hub, "c" * 32)
        assert (await page.next())["body"] == b":\n\n"
        page.left.set()
        await page.task

    asyncio.run(story())


def test_when_the_server_stops_every_stream_ends(there):
    hub, _database = there

    async def story():
        rosa = await opened(hub)
        hub.close()
        assert (await rosa.next()) == {"type": "http.response.body", "body": b""}
        await rosa.task
        assert await Page(hub, f"/live/{ROSA}/").status() == 503

    asyncio.run(story())


def test_one_too_many_is_asked_to_come_later(there, monkeypatch):
    hub, _database = there
    monkeypatch.setattr(hubs, "MOST", 1)

    async def story():
        rosa = await opened(hub)
        assert await Page(hub, f"/live/{SAM}/").status() == 503
        rosa.left.set()
        await rosa.task
        second = await opened(hub, SAM)
        second.left.set()
        await second.task

    asyncio.run(story())


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/live/", "GET", 404),
        ("/live/short/", "GET", 404),
        (f"/live/{ROSA.upper()}/", "GET", 404),
        (f"/live/{ROSA}/", "POST", 405),
    ],
)
def test_what_is_no_channel_is_not_there(there, path, method, status):
    hub, _database = there

    async def story():
        assert await Page(hub, path, method).status() == status

    asyncio.run(story())


def test_the_outbox_is_its_owners_alone_and_knows_no_time(there):
    hub, database = there
    told(database, ROSA)
    assert hub.path.stat().st_mode & 0o777 == 0o600
    names = {row[1] for row in database.execute("PRAGMA table_info(nudge)")}
    assert names == {"n", "channel"}
    with closing(sqlite3.connect(hub.path)) as other:
        assert other.execute("SELECT * FROM nudge").fetchall() == [(1, ROSA)]
