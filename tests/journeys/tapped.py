"""A tap on the wire between a browser and a house: every byte a browser sends, for each connection by itself."""

import socket
from contextlib import contextmanager, suppress
from threading import Thread


class Tap:
    """`address` is where the browser goes instead. `sent` holds one stream of bytes for each connection."""

    def __init__(self, house):
        self.house, self.sent, self.ends, self.hands = house, [], [], []
        self.ear = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://localhost:{self.ear.getsockname()[1]}"
        self._start(self._listen)

    def requests(self, beginning, *, since=0):
        """Each request that begins like this, whole, beside all that went over the same connection."""
        for stream in map(bytes, self.sent[since:]):
            at = stream.find(beginning)
            while at >= 0:
                head, _, rest = stream[at:].partition(b"\r\n\r\n")
                yield head + b"\r\n\r\n" + rest[: _length(head)], stream
                at = stream.find(beginning, at + 1)

    def close(self):
        for end in (self.ear, *self.ends):
            _hang_up(end)
        for hand in self.hands:
            hand.join()
        for end in (self.ear, *self.ends):
            end.close()

    def _listen(self):
        with suppress(OSError):
            while True:
                near, _from = self.ear.accept()
                far = socket.create_connection(("127.0.0.1", self.house.port))
                self.ends += [near, far]
                self.sent.append(bytearray())
                self._start(_pass_on, near, far, self.sent[-1].extend)
                self._start(_pass_on, far, near, len)

    def _start(self, work, *what):
        self.hands.append(Thread(target=work, args=what, daemon=True))
        self.hands[-1].start()


def _pass_on(source, to, note):
    with suppress(OSError):
        while some := source.recv(65536):
            note(some)
            to.sendall(some)
    for end in (source, to):
        _hang_up(end)


def _hang_up(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


def _length(head):
    sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(sizes[0].partition(b":")[2]) if sizes else 0


@contextmanager
def tapped(house):
    tap = Tap(house)
    try:
        yield tap
    finally:
        tap.close()
