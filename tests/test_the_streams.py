"""Live streams beside pages that are made in threads: on the real server, as a phone or a stranger would ask."""

import json
import shutil
import signal
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.a_line import asking, heard, listening, raw, sent, somebody_on_duty
from tests.bench import sign_in, text
from tests.journeys.browser import House

pytestmark = [pytest.mark.journey, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


@pytest.fixture(scope="module")
def made(demo_data, tmp_path_factory):
    """Sam is on duty. Gives the running house, and tokens."""
    folder = tmp_path_factory.mktemp("streams")
    shutil.copytree(demo_data, folder / "data")
    house = House(folder / "data", demo=True)
    tokens = somebody_on_duty(house, "Sam", tokens=16)
    house.start()
    yield house, tokens
    house.process.kill()
    house.process.wait()


@pytest.fixture
def sam(made):
    house, _tokens = made
    with closing((visitor := sign_in(house, "Sam")).connection):
        yield visitor


def rings(sam):
    return json.loads(text(sam.ask("GET", "/line/rings/")[1]))


def test_somebody_asks_and_sams_page_is_told_to_look(made, sam):
    house, tokens = made
    with closing(listening(house.port, rings(sam)["channel"])) as stream:
        head = heard(stream)
        assert b"text/event-stream" in head
        assert b"no-store" in head
        status, told = sent(house.port, "POST", "/a/line/asks/", asking(tokens[0]))
        assert (status, told["state"]) == (201, "offered")
        heard(stream)
        assert [one["way"] for one in rings(sam)["rings"]] == ["chat"]


def test_the_data_folder_holds_nothing_of_it(made):
    house, tokens = made
    body = asking(tokens[1], key="planted" * 12 + "abc")
    assert sent(house.port, "POST", "/a/line/asks/", body)[0] == 201
    memory = house.data.with_name(house.data.name + "-memory")
    there = b"".join(path.read_bytes() for path in memory.glob("line.db*"))
    assert b"planted" in there  # there was something to find
    for planted in (b"planted", body["box"].encode(), body["secret"].encode()):
        assert not any(planted in path.read_bytes() for path in house.data.rglob("*") if path.is_file())


def test_killed_and_started_again_the_call_is_still_there(made):
    house, tokens = made
    body = asking(tokens[2])
    sent(house.port, "POST", "/a/line/asks/", body)
    house.process.send_signal(signal.SIGKILL)
    house.process.wait()
    house.start()
    bearing = {"Authorization": f"Bearer {body['secret']}"}
    status, told = sent(house.port, "GET", f"/a/line/asks/{body['box']}/", **bearing)
    assert (status, told["state"]) in {(200, "asked"), (200, "offered")}


@pytest.mark.parametrize("announced", [5000, 500_000])
def test_a_body_cut_off_on_the_way_is_refused(made, announced):
    """If anybody is left to be told. What was sent is not asked: whoever sends it whole is the first."""
    house, tokens = made
    body = asking(tokens[3 + (announced > 9000)])
    answer = raw(house.port, "POST", "/a/line/asks/", json.dumps(body).encode(), announced=announced)
    assert answer == b"" or b" 400 " in answer.partition(b"\r\n")[0]
    assert sent(house.port, "POST", "/a/line/asks/", body)[0] == 201


def test_a_body_that_is_too_large_is_refused_and_a_large_file_comes_whole(made):
    house, _tokens = made
    assert b" 400 " in raw(house.port, "POST", "/a/line/asks/", b"x" * 900_000).partition(b"\r\n")[0]
    files = (path for path in (house.data / "static").rglob("*.*") if path.suffix not in {".br", ".gz"})
    largest = max(files, key=lambda path: path.stat().st_size)
    assert largest.stat().st_size > 128 * 1024  # more than goes in one piece
    answer = raw(house.port, "GET", f"/static/{largest.relative_to(house.data / 'static')}")
    assert answer.partition(b"\r\n\r\n")[2] == largest.read_bytes()


def test_a_head_has_no_body_and_a_name_with_strange_letters_is_only_not_there(made):
    house, _tokens = made
    head, _, body = raw(house.port, "HEAD", "/clock/").partition(b"\r\n\r\n")
    assert (b" 200 " in head, body) == (True, b"")
    assert b" 404 " in raw(house.port, "GET", "/caf%C3%A9%FF/?q=%FF").partition(b"\r\n")[0]


def test_a_header_with_an_underscore_passes_for_no_other(made, sam):
    """`X_Forwarded_Proto` is nobody's: only the proxy in front may say so, with a dash."""
    house, _tokens = made
    cookie = f"s={sam.cookies['s'].value}"
    assert b" 200 " in raw(house.port, "GET", "/mine/", Cookie=cookie).partition(b"\r\n")[0]
    assert b" 302 " in raw(house.port, "GET", "/mine/", Coo_kie=cookie).partition(b"\r\n")[0]


def test_asked_to_stop_it_stops_though_pages_listen(made):
    """Last here: the house is not started again."""
    house, _tokens = made
    streams = [listening(house.port, f"{n:032x}") for n in range(20)]
    for stream in streams:
        heard(stream)
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(timeout=9) == 0  # the web server kills what has not ended after ten seconds
    for stream in streams:
        stream.close()
    with closing(sqlite3.connect(house.data / "peerwork.db")) as disk:
        assert disk.execute("PRAGMA integrity_check").fetchone() == ("ok",)
