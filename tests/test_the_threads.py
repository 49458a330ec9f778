"""A WSGI application on an event loop: what a page is told of a request, and what becomes of its answer."""

import asyncio
from urllib.parse import quote

import pytest

from peerwork.site import threads
from peerwork.site.threads import PIECE, InThreads, environment, next_piece


def asked(application, *body, announced=None, path=b"/", headers=()):
    """What is sent back, word by word. `body`: pieces of what comes in; what breaks off has no last one."""
    scope = {
        "method": "POST", "raw_path": path, "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http",
        "server": ("localhost", 80), "headers": list(headers),
    }  # fmt: skip
    if announced is not None:
        scope["headers"].append((b"content-length", str(announced).encode()))
    pieces, sent = list(body), []

    async def receive():
        if pieces:
            return {"type": "http.request", "body": pieces.pop(0), "more_body": True}
        return {"type": "http.disconnect"}

    async def send(said):
        sent.append(said)

    asyncio.run(InThreads(application, 2)(scope, receive, send))
    return sent


class Parts:
    """An answer in pieces, which knows whether it was closed."""

    def __init__(self, *parts):
        self.parts, self.closed = iter(parts), 0

    def __iter__(self):
        return self.parts

    def close(self):
        self.closed += 1


def answering(made):
    def application(environ, start_response):
        start_response("201 Created", [("X-One", "1"), ("X-One", "2")])
        application.asked = environ
        return made

    return application


@pytest.mark.parametrize("parts", [[], [b"one"], [b"", b"one", b"two"]])
def test_a_small_answer_goes_in_one_piece_and_is_closed(parts):
    made = Parts(*parts)
    start, body = asked(answering(made))
    assert (start["status"], start["headers"]) == (201, [(b"x-one", b"1"), (b"x-one", b"2")])
    assert (body["body"], body.get("more_body", False)) == (b"".join(parts), False)
    assert made.closed == 1


def test_a_large_answer_comes_whole_in_pieces_and_is_closed_at_the_end():
    made = Parts(*[b"x" * 8192] * 100)
    _start, *rest = asked(answering(made))
    assert sum(len(said["body"]) for said in rest) == 819_200
    assert max(len(said["body"]) for said in rest) <= PIECE + 8192
    assert [said.get("more_body", False) for said in rest][-1] is False
    assert made.closed == 1


@pytest.mark.parametrize("size", [10, PIECE + 1, 10 * PIECE])
def test_a_body_comes_whole_whatever_its_size(size):
    content = bytes(range(256)) * (size // 256 + 1)
    pieces = [content[at : at + 1000] for at in range(0, len(content), 1000)]

    def application(environ, start_response):
        assert environ["wsgi.input"].read(len(content)) == content
        start_response("200 OK", [])
        return []

    assert asked(application, *pieces, announced=len(content))[0]["status"] == 200


@pytest.mark.parametrize("announced", [100, PIECE * 2])
def test_a_body_that_breaks_off_is_shorter_than_it_said(announced):
    """Whoever reads it is told so (bodies.py)."""

    def application(environ, start_response):
        assert environ["wsgi.input"].read() == b"half"
        start_response("400 Bad Request", [])
        return []

    assert asked(application, b"half", announced=announced)[0]["status"] == 400


def test_those_who_send_byte_after_byte_keep_nobody_else_from_a_page():
    """Four strangers begin a large body each and go on as slowly as they may. Ash only wants a page."""

    def application(environ, start_response):
        environ["wsgi.input"].read()
        start_response("200 OK", [])
        return []

    async def never_more():
        await slow.wait()
        return {"type": "http.disconnect"}

    async def at_once():
        return {"type": "http.request", "body": b"words", "more_body": False}

    async def story():
        nonlocal slow
        slow, pages, sent = asyncio.Event(), InThreads(application, 2), []

        async def send(said):
            sent.append(said)

        strangers = [asyncio.create_task(pages(scoped(PIECE * 2), never_more, send)) for _one in range(4)]
        await asyncio.sleep(0)
        async with asyncio.timeout(15):
            await pages(scoped(5), at_once, send)
        assert sent[0]["status"] == 200
        slow.set()
        await asyncio.gather(*strangers)

    slow = None
    asyncio.run(story())


def scoped(announced):
    return {
        "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http",
        "headers": [(b"content-length", str(announced).encode())],
    }  # fmt: skip


def test_a_body_that_comes_too_slowly_all_in_all_is_cut_off(monkeypatch):
    monkeypatch.setattr(threads, "PATIENCE", 0.2)
    read, came = [], 0

    def application(environ, start_response):
        read.append(environ["wsgi.input"].read())
        start_response("400 Bad Request", [])
        return []

    async def a_byte():
        nonlocal came
        came += 1
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": came < 300}

    async def send(_said):
        pass

    monkeypatch.setattr(threads, "SLOWEST", 10**9)
    asyncio.run(InThreads(application, 2)(scoped(PIECE * 2), a_byte, send))
    assert len(read[0]) < 300


def test_a_small_body_that_never_ends_is_cut_off_too(monkeypatch):
    monkeypatch.setattr(threads, "PATIENCE", 0.05)
    read = []

    def application(environ, start_response):
        read.append(environ["wsgi.input"].read())
        start_response("400 Bad Request", [])
        return []

    async def one_byte_and_then_nothing():
        if not came:
            came.append(1)
            return {"type": "http.request", "body": b"x", "more_body": True}
        return await asyncio.Event().wait()

    async def send(_said):
        pass

    async def story():
        async with asyncio.timeout(15):
            await InThreads(application, 1)(scoped(100), one_byte_and_then_nothing, send)

    came = []
    asyncio.run(story())
    assert read == [b"x"]


def test_of_a_small_body_no_more_is_read_than_was_announced():
    application = answering([])
    asked(application, b"12345", b"6789" * 100_000, announced=5)
    assert application.asked["wsgi.input"].read() == b"12345"


def test_a_body_that_was_not_announced_is_not_read():
    application = answering([])
    asked(application, b"surprise")
    assert application.asked["wsgi.input"].read() == b""


def test_what_the_page_is_told_of_a_request():
    application = answering([])
    headers = [
        (b"host", b"corner.example"), (b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"x"), (b"accept", b"y"),
        (b"x_forwarded_proto", b"https"), (b"content-type", b"text/plain"),
    ]  # fmt: skip
    asked(application, path=quote("/café/").encode(), headers=headers)
    told = application.asked
    assert told["PATH_INFO"].encode("latin-1").decode() == "/café/"
    assert (told["HTTP_COOKIE"], told["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert "HTTP_X_FORWARDED_PROTO" not in told
    assert (told["CONTENT_TYPE"], told["HTTP_HOST"]) == ("text/plain", "corner.example")
    assert not any(name.startswith("REMOTE_") for name in told)


def test_a_page_that_breaks_is_closed_too():
    class Breaks(Parts):
        def __iter__(self):
            raise ZeroDivisionError

    made = Breaks()
    with pytest.raises(ZeroDivisionError):
        asked(answering(made))
    assert made.closed == 1


def test_nothing_more_to_say_is_an_empty_piece():
    assert next_piece(iter(())) == next_piece(None) == b""
    assert environment({
        "method": "GET", "path": "/x", "query_string": b"q", "http_version": "1.1", "scheme": "http", "headers": [],
    })["PATH_INFO"] == "/x"  # fmt: skip
